import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until the answer is yes.
 * @throws Error that says what did not happen, after three minutes
 */
export const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 180_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Within three minutes it did not happen: ${what}`)
    await delay(100)
  }
}
