import type { Authenticator } from '@fobwatch/contracts'
import { useMemo } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { call } from '../../api.ts'
import { authenticate } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import type { About } from '../../words/troubles.ts'
import { findWaysThatDo, labelFor } from './ways-that-do.ts'

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
  const ready = useMemo(
    () =>
      keepReady(async () => {
        const found = await findWaysThatDo(strongest)
        return { ...found, options: await call('POST /api/session/assertion/options', { level: found.level }) }
      }),
    [strongest],
  )
  // The button stands where it stays from the first: one that moved would be missed by whoever is pressing it.
  const { value: found, trouble, reload } = useFetched(String(strongest), ready.take)
  const about: About = { doing: 'check', device: 'device', button: labelFor(found?.ways ?? []) }
  const task = useTask()

  const check = async () => {
    const done = await task.run(async () => {
      const response = await authenticate(ready.take().then(({ options }) => options))
      ready.spend()
      await call('POST /api/session/assertion', { response })
    })
    if (done) onChecked()
  }
  if (trouble) return <TroublePage trouble={trouble} about={about} onRetry={reload} />
  if (!found) return <Loading />
  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  const needsMore = session ? found.level > session.assuranceLevel : false
  return (
    <Page title="Check it is you">
      <Why purpose={purpose} needsMore={needsMore} />
      <WhatWorks ways={found.ways} needsMore={needsMore} />
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
