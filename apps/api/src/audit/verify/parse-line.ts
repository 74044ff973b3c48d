import { Value } from 'typebox/value'
import { canonical, type Json } from '../chain/canonical.ts'
import { type Line, lineForms } from '../export/lines.ts'

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** No event has as much within one another. What is canonical is found by following it down, which takes an end. */
const deepest = 32

const isTooDeep = (value: Json, left = deepest): boolean =>
  left === 0 ||
  (typeof value === 'object' && value !== null && Object.values(value).some((each) => isTooDeep(each, left - 1)))

/**
 * Reads a line of an export.
 * @returns undefined for one that an export does not write: of no form that it knows, or written in another way, as one
 *   that says a thing twice
 */
export const parseLine = (text: string): Line | undefined => {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || !('kind' in value) || isTooDeep(value)) return undefined
  const form = Object.entries(lineForms).find(([kind]) => kind === value['kind'])?.[1]
  if (!form || !Value.Check(form, value) || canonical(value) !== text) return undefined
  return value as Line
}
