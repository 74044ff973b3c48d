import type { Signals } from '@fobwatch/contracts'

/** What a browser may have of the Signal API; an older one has none of it. */
type SignalApi = Partial<
  Pick<
    typeof PublicKeyCredential,
    'signalUnknownCredential' | 'signalAllAcceptedCredentials' | 'signalCurrentUserDetails'
  >
>

/** Nobody waits for a device to take note, and that it cannot is no fault of anyone's. */
const tell = (signal: (api: SignalApi) => Promise<void> | undefined): void => {
  const told = async () => signal(globalThis.PublicKeyCredential ?? {})
  told().catch(() => undefined)
}

/**
 * Tells the person's devices which of their passkeys log in here, so that the others are put away (WebAuthn L3 §5.1.10.3).
 * A browser without the Signal API is told nothing, and nothing that goes wrong is heard of.
 */
export const signalAccepted = ({ rpId, userId, credentialIds }: Signals): void =>
  tell((api) => api.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds: [...credentialIds] }))

/** Tells the person's devices what they are called here, so that they show the same (WebAuthn L3 §5.1.10.4). */
export const signalDetails = ({ rpId, userId, name, displayName }: Signals): void =>
  tell((api) => api.signalCurrentUserDetails?.({ rpId, userId, name, displayName }))

/**
 * Tells the device that a passkey logs in nowhere any more (WebAuthn L3 §5.1.10.2). Only for one that is known to be
 * removed: a device may delete it.
 */
export const signalUnknown = (rpId: string, credentialId: string): void =>
  tell((api) => api.signalUnknownCredential?.({ rpId, credentialId }))
