import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { asTrouble } from '../../trouble.ts'
import { Opened } from './opened.tsx'
import { byPass, type SetUpBy } from './set-up-by.ts'

const Over = () => (
  <Page title="Your temporary pass is over">
    <p>A pass works for 15 minutes, and for one device.</p>
    <p>Ask the desk for a new one. The desk will check it is you.</p>
    <ButtonLink href="/sign-in/fobwatch">Log in</ButtonLink>
    <LineLink href="/enrol/code">Enter another code</LineLink>
  </Page>
)

/** A temporary pass, typed in in this browser: it sets up one device, and opens nothing else. */
export const UsePass = () => {
  const [over, setOver] = useState(false)
  const by: SetUpBy = {
    ...byPass,
    show: () =>
      byPass.show().catch((thrown) => {
        // Nobody is to log in here: they have nothing yet to log in with.
        if (asTrouble(thrown).code === 'not_signed_in') setOver(true)
        throw thrown
      }),
  }
  if (over) return <Over />
  // Gone already once a device is set up.
  const leave = () => void call('DELETE /api/enrolment/pass', {}).catch(() => undefined)
  return <Opened by={by} onOver={leave} />
}
