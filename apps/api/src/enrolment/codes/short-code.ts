import { randomInt } from 'node:crypto'

/**
 * What a short code is made of: nothing that looks like another (0 and O, 1 and I, 2 and Z, 5 and S, 8 and B, 6, C and G,
 * U and V), and no vowels, so that no code is a word. 19 characters make 34 bits in a code of eight: ten thousand networks
 * that each try five times while it lasts find one in 340,000.
 */
const alphabet = '3479CDFHJKMNPQRTWXY'
const length = 8

/** A new short code. */
export const newShortCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** A short code as it was made, whatever was typed between its characters and in letters of either size. */
export const tidyShortCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()
