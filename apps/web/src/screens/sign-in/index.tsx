import type { SignInState, SignInStep } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { useParams } from 'wouter-preact'
import { call } from '../../api.ts'
import { forget, remember } from '../../memory.ts'
import { safeNext } from '../../next-page.ts'
import { Loading } from '../../parts/loading.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { ChooseRole } from '../choose-role/index.tsx'
import { Accounts } from './accounts.tsx'
import { GoBack } from './go-back.tsx'
import { LogIn } from './log-in.tsx'
import { Personas } from './personas.tsx'
import { Stronger } from './stronger.tsx'

/** Leaves for where the sign-in goes on to. It never resolves, so that the page stays busy until it is gone. */
const leaveFor = (url: string): Promise<never> => {
  location.assign(url)
  return new Promise(() => {})
}

const rememberNext = () => {
  const next = safeNext(new URLSearchParams(location.search).get('next'), location.origin)
  if (next) remember('next-page', next)
  else forget('next-page')
}

/** Logging in, for an application or for our own pages: the button first, then the role where there are several. */
export const SignIn = () => {
  const { interaction = '' } = useParams()
  const page = useSubPage()
  const state = useFetched(interaction, () => call('GET /sign-in/:interaction/state', { interaction }))
  const [choice, setChoice] = useState<Pick<SignInState, 'name' | 'roles'>>()

  useEffect(() => {
    if (interaction === 'fobwatch') rememberNext()
  }, [interaction])

  const goOn = async (step: SignInStep) => {
    if (step.next === 'continue') return leaveFor(step.url)
    if (step.next === 'stronger') return state.reload()
    setChoice(step)
  }
  const chooseRole = async (role: string) => goOn(await call('POST /sign-in/:interaction/role', { interaction, role }))

  if (state.trouble) return <TroublePage trouble={state.trouble} onRetry={state.reload} />
  if (!state.value) return <Loading />
  const { application } = state.value
  const choosing = choice ?? (state.value.stage === 'role' ? state.value : undefined)
  if (choosing)
    return (
      <ChooseRole
        name={choosing.name}
        roles={choosing.roles}
        onChoose={chooseRole}
        back={(task) => <GoBack {...{ interaction, application, task }} onStep={goOn} />}
      />
    )
  if (page === 'personas' && state.value.personas) return <Personas interaction={interaction} onStep={goOn} />
  if (state.value.stronger)
    return <Stronger interaction={interaction} state={state.value} stronger={state.value.stronger} onStep={goOn} />
  if (state.value.stage === 'account' && page === undefined)
    return <Accounts interaction={interaction} state={state.value} onStep={goOn} onStale={state.reload} />
  return <LogIn interaction={interaction} state={state.value} onStep={goOn} />
}
