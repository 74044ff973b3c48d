import { useEffect, useMemo } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { call } from '../../api.ts'
import { authenticate, closeBox } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import type { About } from '../../words/troubles.ts'

interface Props {
  /** What it is for, after "We check it is you before ": "you add another way to log in". */
  purpose: string
  /** Where the person goes back to without doing it. */
  back: string
  onChecked: () => unknown
}

const title = 'Check it is you'
const about: About = { doing: 'check', device: 'device', button: title }

const namesOfWays = async () => {
  const { authenticators } = await call('GET /api/authenticators', {})
  return authenticators.filter(({ status }) => status === 'active').map(({ name }) => name)
}

const WhatWorks = ({ names }: { names: readonly string[] | undefined }) => (
  <>
    <p>You can use:</p>
    <ul>
      {names?.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  </>
)

/** Asks for one of the person's own ways to log in, before a deed that matters. */
export const CheckItIsYou = ({ purpose, back, onChecked }: Props) => {
  const { session } = useSession()
  const names = useFetched('ways', namesOfWays)
  const ready = useMemo(() => keepReady(() => call('POST /api/session/assertion/options', {})), [])
  const task = useTask()
  useEffect(() => {
    ready.take().catch(() => undefined) // Pressing the button asks again, and says what is wrong.
    return closeBox
  }, [ready])

  const check = async () => {
    const done = await task.run(async () => {
      const response = await authenticate(await ready.take())
      ready.spend()
      await call('POST /api/session/assertion', { response })
    })
    if (done) onChecked()
  }
  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title={title}>
      <p>
        You are {session?.name}. We check it is you before {purpose}.
      </p>
      <WhatWorks names={names.value} />
      <p>Your fingerprint or face stays on your device. We never see it.</p>
      <p>We will not ask again for 5 minutes.</p>
      <BoxButton about={about} task={task} onPress={check} />
      <p class="fobwatch-line">
        <Link class="fobwatch-line__link" href={back}>
          Go back without doing this
        </Link>
      </p>
    </Page>
  )
}
