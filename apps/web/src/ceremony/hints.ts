/** Which kind of device the browser should ask for first (WebAuthn L3 §5.8.7). */
export type Hint = 'client-device' | 'hybrid' | 'security-key'

/** Options that ask for this kind of device first; a hint is a wish, not a rule. */
export const withHint = <T extends { hints: string[] }>(options: T, hint: Hint | undefined): T =>
  hint ? { ...options, hints: [hint] } : options
