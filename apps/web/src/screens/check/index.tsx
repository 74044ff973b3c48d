import type { Authenticator } from '@fobwatch/contracts'
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
import { findWaysThatDo, labelFor, type WaysThatDo } from './ways-that-do.ts'

interface Props {
  /** What it is for, after "We check it is you before ": "you add another way to log in". */
  purpose: string
  /** Where the person goes back to without doing it. */
  back: string
  /** Whether it takes the strongest check that the person can give. */
  strongest: boolean
  onChecked: () => unknown
}

const Why = ({ purpose, needsMore }: Pick<Props, 'purpose'> & { needsMore: boolean }) => {
  const { session } = useSession()
  return (
    <>
      <p>
        You are {session?.name}. We check it is you before {purpose}.
      </p>
      {needsMore && (
        <p>It needs a stronger check than the one you logged in with, so only some of your ways will do.</p>
      )}
    </>
  )
}

const WhatWorks = ({ ways, needsMore }: { ways: readonly Authenticator[]; needsMore: boolean }) => (
  <>
    <p>You can use:</p>
    <ul>
      {ways.map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
    </ul>
    {needsMore && (
      <p>
        If you have lost it, go back and select <strong>Report lost</strong> first.
      </p>
    )}
  </>
)

/** Asks for one of the person's own ways to log in, before a deed that matters. */
export const CheckItIsYou = ({ purpose, back, strongest, onChecked }: Props) => {
  const { session } = useSession()
  const { level, ways }: WaysThatDo = useFetched('ways', () => findWaysThatDo(strongest)).value ?? {
    level: 1,
    ways: [],
  }
  const ready = useMemo(
    () =>
      keepReady(async () => {
        const { level } = await findWaysThatDo(strongest)
        return call('POST /api/session/assertion/options', { level })
      }),
    [strongest],
  )
  const needsMore = session ? level > session.assuranceLevel : false
  const about: About = { doing: 'check', device: 'device', button: labelFor(ways) }
  const task = useTask()
  useEffect(() => {
    ready.take().catch(() => undefined) // Pressing the button asks again, and says what is wrong.
    return closeBox
  }, [ready])

  const check = async () => {
    const done = await task.run(async () => {
      const response = await authenticate(ready.take())
      ready.spend()
      await call('POST /api/session/assertion', { response })
    })
    if (done) onChecked()
  }
  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title="Check it is you">
      <Why purpose={purpose} needsMore={needsMore} />
      <WhatWorks ways={ways} needsMore={needsMore} />
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
