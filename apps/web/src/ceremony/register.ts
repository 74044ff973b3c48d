import type { CreationOptions, RegistrationResponse } from '@fobwatch/contracts'
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser'
import { type Hint, withHint } from './hints.ts'
import { runCeremony } from './run.ts'

/**
 * Opens the browser's box to make a passkey (WebAuthn L3 §5.1.3).
 * @param asked the options as the API gives them, or the wait for them
 * @param hint which kind of device to ask for first, instead of what the options say
 * @throws Trouble with a `CeremonyCode`, or what the wait ends in
 */
export const register = (
  asked: CreationOptions | Promise<CreationOptions>,
  hint?: Hint,
): Promise<RegistrationResponse> =>
  runCeremony('registration', asked, (options) => {
    // Our schema has the strings of the standard as strings; the library names the ones of today.
    const optionsJSON = withHint(options, hint) as PublicKeyCredentialCreationOptionsJSON
    return startRegistration({ optionsJSON }) as Promise<RegistrationResponse>
  })
