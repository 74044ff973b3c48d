/** What the person does at a page of the service. */
export type Manner = 'log-in' | 'look-only' | 'go-back'

/** Pictures of pages of the service. */
export interface Seen {
  /** Where the browser was asked to log in. */
  logIn: Buffer | undefined
  /** Where it stayed. */
  end: Buffer | undefined
}

/** What the suite's words for the tester ask beyond logging in, by test: for each visit in turn, and for all after. */
const manners: Readonly<Record<string, readonly Manner[]>> = {
  'fapi2-security-profile-final-user-rejects-authentication': ['go-back'],
  'fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds': [
    'look-only',
    'log-in',
  ],
}

/** Tests that want to see the log-in page though whoever logs in there comes back to the application. */
const seeLogIn = ['oidcc-prompt-login', 'oidcc-max-age-1']

/** Which picture of a visit a test may want: of the page that it ended on, or that it passed. */
export const wantedOf = (module: string, { logIn, end }: Seen): Buffer | undefined =>
  seeLogIn.includes(module) ? logIn : end

/** @param visit how many pages the test has had opened before */
export const mannerOf = (module: string, visit: number): Manner => {
  const known = manners[module]
  return known?.[visit] ?? known?.at(-1) ?? 'log-in'
}
