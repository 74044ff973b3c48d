import { freePorts } from '../../stage/ports.ts'
import { whileServed } from '../../strangers/application.ts'
import type { Task, Verdict } from '../cases.ts'
import type { Program } from '../languages/program.ts'

/** An API of a guide: what serves it, and where it answers a good token with 200. */
interface ServedApi {
  library: string
  version: string
  language: string
  path: string
  launch: (task: Task, port: number) => { command: string[]; cwd?: string; env: NodeJS.ProcessEnv }
}

/** An API that stands in a guide, which is sent every access token as its callers send theirs. */
export const programServing = ({ path, launch, ...named }: ServedApi): Program => ({
  language: named.language,
  show: async (task) => {
    const [port = 0] = await freePorts(1)
    const origin = `http://127.0.0.1:${port}`
    return whileServed(origin, launch(task, port), async () => {
      const verdicts: Verdict[] = []
      for (const { kind, name, token } of task.cases.filter((each) => each.kind === 'access')) {
        const answer = await fetch(origin + path, { headers: { authorization: `Bearer ${token}` } })
        const why = `${answer.status} ${answer.headers.get('www-authenticate') ?? ''}`.trim()
        await answer.text()
        verdicts.push({ ...named, use: 'advised', kind, name, taken: answer.status === 200, why })
      }
      return verdicts
    })
  },
})
