/** What the CBOR of WebAuthn may hold. */
export type CborValue = number | bigint | string | boolean | null | undefined | Buffer | CborValue[] | CborMap
export type CborMap = Map<string | number, CborValue>

interface Reader {
  bytes: Buffer
  at: number
}

/** Attestation objects are three levels deep, and extensions hardly deeper. */
const deepest = 8
const indefinite = 31

/**
 * Reads the one CBOR item that starts at an offset, as strictly as CTAP2 writes it: definite lengths, no tags, no key
 * twice, at most eight levels. Every length is held against the bytes that are there before anything is allotted.
 * @returns the item and the offset behind it
 * @throws Error that says what is wrong with it
 */
export const readCbor = (bytes: Buffer, offset = 0): { value: CborValue; end: number } => {
  const reader = { bytes, at: offset }
  return { value: readItem(reader, 1), end: reader.at }
}

/**
 * Reads bytes that hold one CBOR map and nothing else.
 * @throws Error for another type, and for bytes behind it
 */
export const readCborMap = (bytes: Buffer): CborMap => {
  const { value, end } = readCbor(bytes)
  if (!(value instanceof Map)) throw new Error('The CBOR is not a map')
  if (end !== bytes.length) throw new Error(`${bytes.length - end} bytes follow the CBOR`)
  return value
}

const readItem = (reader: Reader, depth: number): CborValue => {
  if (depth > deepest) throw new Error(`The CBOR is more than ${deepest} levels deep`)
  const initial = take(reader, 1).readUInt8()
  const major = initial >> 5
  const info = initial & 0x1f
  if (major === 7) return readSimple(reader, info)

  const argument = readArgument(reader, info)
  switch (major) {
    case 0:
      return argument
    case 1:
      return typeof argument === 'bigint' ? -1n - argument : -1 - argument
    case 2:
      return take(reader, lengthOf(argument))
    case 3:
      return utf8.decode(take(reader, lengthOf(argument)))
    case 4:
      return readArray(reader, countOf(reader, argument, 1), depth)
    case 5:
      return readMap(reader, countOf(reader, argument, 2), depth)
    default:
      throw new Error('CTAP2 has no tags')
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const readArray = (reader: Reader, count: number, depth: number): CborValue[] =>
  Array.from({ length: count }, () => readItem(reader, depth + 1))

const readMap = (reader: Reader, count: number, depth: number): CborMap => {
  const map: CborMap = new Map()
  for (let entry = 0; entry < count; entry += 1) {
    const key = readItem(reader, depth + 1)
    if (typeof key !== 'string' && typeof key !== 'number') throw new Error('A map key is neither text nor a number')
    if (map.has(key)) throw new Error('A map key is there twice')
    map.set(key, readItem(reader, depth + 1))
  }
  return map
}

const readSimple = (reader: Reader, info: number): CborValue => {
  switch (info) {
    case 20:
      return false
    case 21:
      return true
    case 22:
      return null
    case 23:
      return undefined
    case 26:
      return take(reader, 4).readFloatBE()
    case 27:
      return take(reader, 8).readDoubleBE()
    default:
      throw new Error(`Simple value ${info} is not read here`)
  }
}

/** The number behind an initial byte (RFC 8949 §3). */
const readArgument = (reader: Reader, info: number): number | bigint => {
  if (info < 24) return info
  if (info === 24) return take(reader, 1).readUInt8()
  if (info === 25) return take(reader, 2).readUInt16BE()
  if (info === 26) return take(reader, 4).readUInt32BE()
  if (info !== 27) throw new Error(info === indefinite ? 'CTAP2 has no indefinite lengths' : 'A reserved length')
  const argument = take(reader, 8).readBigUInt64BE()
  return argument <= Number.MAX_SAFE_INTEGER ? Number(argument) : argument
}

const lengthOf = (argument: number | bigint): number => {
  if (typeof argument === 'bigint') throw new Error('A length is beyond every input')
  return argument
}

/** Each item takes a byte at least, so a count beyond the bytes left is a lie. */
const countOf = ({ bytes, at }: Reader, argument: number | bigint, bytesEach: number): number => {
  const count = lengthOf(argument)
  if (count * bytesEach > bytes.length - at) throw new Error('The CBOR ends before its last item')
  return count
}

const take = (reader: Reader, length: number): Buffer => {
  if (length > reader.bytes.length - reader.at) throw new Error('The CBOR ends before its last item')
  reader.at += length
  return reader.bytes.subarray(reader.at - length, reader.at)
}
