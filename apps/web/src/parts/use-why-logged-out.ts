import { call } from '../api.ts'
import { loggedOutWords } from '../words/logged-out.ts'
import { useFetched } from './use-fetched.ts'

// What cannot be asked is not said: it explains, and nothing waits for it.
const ask = async (): Promise<string | null> =>
  loggedOutWords(await call('GET /api/session/ended', {}).catch(() => ({ why: null, minutes: null }))) ?? null

/** Why this browser is logged out, in a sentence: null where there is nothing to say, undefined until that is known. */
export const useWhyLoggedOut = (): string | null | undefined => useFetched('why-logged-out', ask).value
