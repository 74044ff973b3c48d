import type { AuthenticationResponse, RequestOptions } from '@fobwatch/contracts'
import {
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { canAutofill } from './capabilities.ts'
import { type Hint, withHint } from './hints.ts'
import { runCeremony } from './run.ts'

interface How {
  /** Offer passkeys in the suggestions of the field, without a box. */
  autofill?: boolean
  hint?: Hint | undefined
}

/** Resolves when an autofill that was asked for has begun, and can be ended. */
let autofillBegun: Promise<unknown> = Promise.resolve()

/** Ends an autofill that was closed before it had begun: until then the library has nothing to cancel. */
const endIfClosed = (closed: AbortSignal): void => {
  if (closed.aborted) WebAuthnAbortService.cancelCeremony()
}

const start = (
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
  useBrowserAutofill: boolean,
  closed: AbortSignal,
): Promise<AuthenticationResponse> => {
  const answer = startAuthentication({ optionsJSON, useBrowserAutofill })
  // The library asks the browser about autofill before it begins; our own question is answered after the library's.
  if (useBrowserAutofill) autofillBegun = canAutofill().then(() => endIfClosed(closed))
  return answer as Promise<AuthenticationResponse>
}

/**
 * Asks a device for an assertion (WebAuthn L3 §5.1.4): in the browser's box, or by autofill.
 * @param asked the options as the API gives them, or the wait for them
 * @throws Trouble with a `CeremonyCode`, or what the wait ends in; `cancelled` when we ended it ourselves
 */
export const authenticate = (
  asked: RequestOptions | Promise<RequestOptions>,
  { autofill = false, hint }: How = {},
): Promise<AuthenticationResponse> =>
  runCeremony(
    'authentication',
    Promise.all([asked, autofillBegun]).then(([options]) => options),
    (options, closed) => start(withHint(options, hint) as PublicKeyCredentialRequestOptionsJSON, autofill, closed),
  )
