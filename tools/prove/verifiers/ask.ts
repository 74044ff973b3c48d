import { type Kind, type Task, type Use, uses, type Verdict } from './cases.ts'

/** Throws, or rejects, unless the token is good. */
export type Reader = (token: string) => unknown

/** A library of this process: how it reads each kind of token in each use. It may not read both kinds. */
export interface Library {
  name: string
  version: string
  readers: (task: Task) => Promise<Record<Use, Partial<Record<Kind, Reader>>>>
}

/** Shows a library every token. @returns what it made of each, in each use */
export const ask = async ({ name: library, version, readers }: Library, task: Task): Promise<Verdict[]> => {
  const byUse = await readers(task)
  const verdicts: Verdict[] = []
  for (const use of uses)
    for (const { kind, name, token } of task.cases) {
      const read = byUse[use][kind]
      if (!read) continue
      const shown = { library, version, language: 'JavaScript', use, kind, name }
      const why = await refusal(read, token)
      verdicts.push(why === undefined ? { ...shown, taken: true } : { ...shown, taken: false, why })
    }
  return verdicts
}

const refusal = async (read: Reader, token: string): Promise<string | undefined> => {
  try {
    await read(token)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
