/**
 * Ceremony: the only room that calls navigator.credentials or signals to devices, and the only one that knows
 * @simplewebauthn/browser.
 * Invariant: one ceremony at a time, and what a browser throws leaves here as one of our codes, never as its text.
 * Neighbours: screens get options from the API, hand them in here, and send what comes out back to the API.
 */
export { authenticate } from './authenticate.ts'
export { canAutofill, canRunCeremony, hasScreenLock } from './capabilities.ts'
export type { CeremonyCode } from './faults.ts'
export type { Hint } from './hints.ts'
export { register } from './register.ts'
export { closeBox } from './run.ts'
export { signalAccepted, signalDetails, signalUnknown } from './signals.ts'
