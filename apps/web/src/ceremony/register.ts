import type { CreationOptions, RegistrationResponse } from '@fobwatch/contracts'
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser'
import { type Hint, withHint } from './hints.ts'
import { runCeremony } from './run.ts'

/**
 * Opens the browser's box to make a passkey (WebAuthn L3 §5.1.3).
 * @param options as the API gives them
 * @param hint which kind of device to ask for first, instead of what the options say
 * @throws Trouble with a `CeremonyCode`
 */
export const register = (options: CreationOptions, hint?: Hint): Promise<RegistrationResponse> => {
  // Our schema has the strings of the standard as strings; the library names the ones of today.
  const optionsJSON = withHint(options, hint) as PublicKeyCredentialCreationOptionsJSON
  return runCeremony(
    'registration',
    options.timeout,
    () => startRegistration({ optionsJSON }) as Promise<RegistrationResponse>,
  )
}
