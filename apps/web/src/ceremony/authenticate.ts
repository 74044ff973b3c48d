import type { AuthenticationResponse, RequestOptions } from '@fobwatch/contracts'
import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser'
import { canAutofill } from './capabilities.ts'
import { type Hint, withHint } from './hints.ts'
import { closeBox, runCeremony } from './run.ts'

interface How {
  /** Offer passkeys in the suggestions of the field, without a box. */
  autofill?: boolean
  hint?: Hint | undefined
}

/** Resolves when an autofill that was asked for has begun, and can be ended. */
let autofillBegun: Promise<unknown> = Promise.resolve()

const start = (optionsJSON: PublicKeyCredentialRequestOptionsJSON, useBrowserAutofill: boolean) => {
  const answer = startAuthentication({ optionsJSON, useBrowserAutofill })
  // The library asks the browser about autofill before it begins; our own question is answered after the library's.
  if (useBrowserAutofill) autofillBegun = canAutofill()
  return answer as Promise<AuthenticationResponse>
}

/**
 * Asks a device for an assertion (WebAuthn L3 §5.1.4): in the browser's box, or by autofill.
 * @param asked the options as the API gives them, or the wait for them
 * @throws Trouble with a `CeremonyCode`, or what the wait ends in; `cancelled` when we ended it ourselves
 */
export const authenticate = async (
  asked: RequestOptions | Promise<RequestOptions>,
  { autofill = false, hint }: How = {},
): Promise<AuthenticationResponse> => {
  await autofillBegun
  return runCeremony('authentication', asked, (options) =>
    start(withHint(options, hint) as PublicKeyCredentialRequestOptionsJSON, autofill),
  )
}

/** Ends an autofill that waits in the background, so that a box can open. */
export const abortAutofill = async (): Promise<void> => {
  await autofillBegun
  closeBox()
}
