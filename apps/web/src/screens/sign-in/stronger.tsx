import type { SignInState, SignInStep, StrongerCheck } from '@fobwatch/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../api.ts'
import { authenticate } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { levelWord } from '../../words/checks.ts'
import type { About } from '../../words/troubles.ts'
import { labelFor } from '../check/ways-that-do.ts'

interface Props {
  interaction: string
  state: SignInState
  stronger: StrongerCheck
  onStep: (step: SignInStep) => Promise<void>
}

const titleOf = (application: string, { level }: StrongerCheck): string =>
  level === null
    ? `${application} needs a check that we do not have`
    : `${application} needs a ${levelWord(level)} check`

const WhatWorks = ({ stronger }: { stronger: StrongerCheck }) => (
  <>
    <p>You can use:</p>
    <ul>
      {stronger.ways.map(({ name }, index) => (
        <li key={index}>{name}</li>
      ))}
    </ul>
    <p>Your fingerprint or face stays on your device. We never see it.</p>
    <p>None of these with you? Ask the desk.</p>
  </>
)

const NothingWorks = ({ level }: StrongerCheck) =>
  level === null ? (
    <p>Tell the team that runs the application.</p>
  ) : (
    <p>None of your ways to log in gives a {levelWord(level)} check. Ask the desk for a security key that does.</p>
  )

/** What an application asks for is more than the person's log in gave: which of their ways would do, and the way out. */
export const Stronger = ({ interaction, state, stronger, onStep }: Props) => {
  const application = state.application ?? 'This page'
  const { ways, demanded } = stronger
  const ready = useMemo(
    () => keepReady(() => call('POST /sign-in/:interaction/options', { interaction })),
    [interaction],
  )
  const task = useTask()
  const about: About = { doing: 'check', device: 'device', button: labelFor(ways) }
  useEffect(() => {
    if (ways.length > 0) ready.take().catch(() => undefined) // Pressing the button asks again, and says what is wrong.
  }, [ready])

  const check = () =>
    task.run(async () => {
      const response = await authenticate(ready.take())
      ready.spend()
      await onStep(await call('POST /sign-in/:interaction/assertion', { interaction, response }))
    })
  const decline = () =>
    task.run(async () => onStep(await call('POST /sign-in/:interaction/decline', { interaction })), true)

  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title={titleOf(application, stronger)}>
      <p>
        You are {state.name}. You logged in with “{stronger.used}”. That is a {levelWord(stronger.usedLevel)} check.
      </p>
      {ways.length > 0 ? <WhatWorks stronger={stronger} /> : <NothingWorks {...stronger} />}
      {ways.length > 0 && <BoxButton about={about} task={task} onPress={check} />}
      <Button kind={ways.length > 0 ? 'secondary' : undefined} busy={task.busy} onPress={decline}>
        {demanded ? `Go back to ${application}` : 'Carry on without it'}
      </Button>
      {state.personas && <LineLink href="?page=personas">Be a persona</LineLink>}
    </Page>
  )
}
