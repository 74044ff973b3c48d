import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  platformAuthenticatorIsAvailable,
} from '@simplewebauthn/browser'

/** Whether this browser can run a ceremony at all. */
export const canRunCeremony = (): boolean => browserSupportsWebAuthn()

/** Whether this browser offers passkeys in the suggestions of a field (conditional mediation). */
export const canAutofill = (): Promise<boolean> => browserSupportsWebAuthnAutofill().catch(() => false)

/** Whether this device has a fingerprint, face or PIN lock that a passkey can stand behind. */
export const hasScreenLock = (): Promise<boolean> => platformAuthenticatorIsAvailable().catch(() => false)
