/** What the person does at a page of the service. */
export type Manner = 'log-in' | 'look-only' | 'go-back'

/** What the suite's words for the tester ask beyond logging in, by test: for each visit in turn, and for all after. */
const manners: Readonly<Record<string, readonly Manner[]>> = {
  'fapi2-security-profile-final-user-rejects-authentication': ['go-back'],
  'fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds': [
    'look-only',
    'log-in',
  ],
}

/** @param visit how many pages the test has had opened before */
export const mannerOf = (module: string, visit: number): Manner => {
  const known = manners[module]
  return known?.[visit] ?? known?.at(-1) ?? 'log-in'
}
