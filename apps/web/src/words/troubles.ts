import type { TroubleCode } from '../trouble.ts'
import { boxWords } from './box-troubles.ts'
import { pageWords } from './page-troubles.ts'
import type { About, TroubleWords } from './trouble-words.ts'

export type { About, Doing, TroubleWords, WayOut } from './trouble-words.ts'

/**
 * Finds the words for what went wrong. They tell what happened and what to do, and never state a guess as a fact.
 * @param reasons those that the API gives
 * @returns nothing when there is nothing to show, because the person chose it
 */
export const troubleWords = (
  code: TroubleCode,
  about: About,
  reasons: readonly string[] = [],
): TroubleWords | undefined => {
  if (code === 'cancelled') return undefined
  return boxWords(code, about, reasons) ?? pageWords(code, about, reasons)
}
