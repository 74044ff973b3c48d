const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const

/** From here on a tag's number follows in bytes of its own. */
const highTag = 0x1f

/** One DER value (X.690): tag, definite length, contents. */
const der = (tagBytes: number | number[], ...contents: Uint8Array[]): Buffer => {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tagBytes].flat()), lengthOf(body), body])
}

export const sequence = (...parts: Uint8Array[]): Buffer => der(tag.sequence, ...parts)
export const set = (...parts: Uint8Array[]): Buffer => der(tag.set, ...parts)
export const octetString = (bytes: Uint8Array): Buffer => der(tag.octetString, bytes)
export const utf8String = (text: string): Buffer => der(tag.utf8String, Buffer.from(text))
export const printableString = (text: string): Buffer => der(tag.printableString, Buffer.from(text, 'latin1'))
export const boolean = (value: boolean): Buffer => der(tag.boolean, Buffer.of(value ? 0xff : 0))

export const nothing = (): Buffer => der(tag.null)
export const enumerated = (value: number): Buffer => der(tag.enumerated, Buffer.of(value))

/** A context-specific tag that holds whole values, `[n] EXPLICIT`. */
export const explicit = (n: number, ...parts: Uint8Array[]): Buffer =>
  der(n < highTag ? 0xa0 | n : [0xa0 | highTag, ...base128(n)], ...parts)

/** A context-specific tag in the place of a primitive's own, `[n] IMPLICIT`. */
export const implicit = (n: number, bytes: Uint8Array): Buffer => der(0x80 | n, bytes)

/** @param unusedBits how many bits at the end of the last byte say nothing */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer => der(tag.bitString, Buffer.of(unusedBits), bytes)

/** A number of zero or more, given as big-endian bytes without superfluous zeros. */
export const integer = (bytes: Uint8Array): Buffer => {
  const looksNegative = ((bytes[0] ?? 0) & 0x80) !== 0
  return der(tag.integer, looksNegative ? Buffer.of(0) : Buffer.alloc(0), bytes)
}

/** @param dotted such as `2.5.4.3` */
export const objectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(tag.objectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** UTCTime (RFC 5280 §4.1.2.5.1), which holds the years 1950 to 2049. */
export const utcTime = (at: Date): Buffer => {
  const digits = at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return der(tag.utcTime, Buffer.from(`${digits}Z`))
}

const lengthOf = (body: Uint8Array): Buffer => {
  if (body.length < 0x80) return Buffer.of(body.length)
  const hex = body.length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes])
}

const base128 = (value: number): number[] => {
  const bytes = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}
