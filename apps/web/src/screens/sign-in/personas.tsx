import type { Persona, SignInStep } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'

interface Props {
  interaction: string
  onStep: (step: SignInStep) => Promise<void>
}

type Device = Persona['devices'][number]

const rolesIn = (roles: number) => (roles === 1 ? '1 role' : `${roles || 'no'} roles`)

/** For testers of an application, in a demonstration: to be one of the people of the sandbox, without their device. */
export const Personas = ({ interaction, onStep }: Props) => {
  const people = useFetched('personas', () => call('GET /api/demonstration/personas', {}))
  const task = useTask()
  const be = (persona: string, device: Device) =>
    task.run(async () => {
      const { challenge } = await call('POST /sign-in/:interaction/options', { interaction })
      const response = await call('POST /api/demonstration/personas/:persona/assertion', { persona, challenge, device })
      const step = await call('POST /sign-in/:interaction/assertion', { interaction, response })
      // The page that asks for a stronger check is what a tester came to see.
      if (step.next === 'stronger') return location.assign(location.pathname)
      await onStep(step)
    }, true)

  const trouble = people.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={people.trouble ? people.reload : task.clear} />
  if (!people.value) return <Loading />
  return (
    <Page title="Be a persona">
      <p>Nobody here exists. They are for testing, and log in to sandbox applications only.</p>
      {people.value.personas.map(({ persona, name, identityLevel, roles, devices }) => (
        <section key={persona}>
          <h2 class="nhsuk-heading-s">{name}</h2>
          <p>
            Identity level {identityLevel}, {rolesIn(roles)}
          </p>
          {devices.map((device) => (
            <Button key={device} kind="secondary" busy={task.busy} onPress={() => be(persona, device)}>
              Be {name}, {device} check
            </Button>
          ))}
        </section>
      ))}
      <LineLink href={location.pathname}>Go back</LineLink>
    </Page>
  )
}
