/** Bytes that go into the output as they are: for what no honest encoder would write. */
export interface Verbatim {
  readonly verbatim: Uint8Array
}

export type CborKey = number | string
export type CborMap = Map<CborKey, CborValue>
export type CborValue = number | string | boolean | Uint8Array | readonly CborValue[] | CborMap | Verbatim

const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, simple: 7 } as const
const simpleFalse = 20
const simpleTrue = 21

/**
 * Encodes a value as CBOR (RFC 8949), with every head as short as it can be. Map entries keep their order, so that the
 * caller decides whether they are canonical.
 */
export const encodeCbor = (value: CborValue): Buffer => {
  if (typeof value === 'number') return encodeInteger(value)
  if (typeof value === 'boolean') return head(major.simple, value ? simpleTrue : simpleFalse)
  if (typeof value === 'string') return Buffer.concat([head(major.text, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(major.bytes, value.length), value])
  if (value instanceof Map) return encodeEntries([...value])
  if ('verbatim' in value) return Buffer.from(value.verbatim)
  return Buffer.concat([head(major.array, value.length), ...value.map(encodeCbor)])
}

/** A map that may hold one key twice, which a `Map` cannot say. */
export const mapOfEntries = (entries: readonly (readonly [CborKey, CborValue])[]): Verbatim => ({
  verbatim: encodeEntries(entries),
})

/** An array within an array, `depth` deep; the innermost is empty. */
export const nestedArrays = (depth: number): Verbatim => {
  const arrayOfOne = 0x81
  const bytes = Buffer.alloc(depth, arrayOfOne)
  bytes.writeUInt8(0x80, depth - 1)
  return { verbatim: bytes }
}

/** A byte string whose head claims `length` bytes, followed by fewer. */
export const bytesClaiming = (length: number, bytes: Uint8Array): Verbatim => ({
  verbatim: Buffer.concat([head(major.bytes, length), bytes]),
})

const encodeInteger = (value: number): Buffer => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`CBOR here knows whole numbers only, not ${value}`)
  return value < 0 ? head(major.negative, -1 - value) : head(major.unsigned, value)
}

const encodeEntries = (entries: readonly (readonly [CborKey, CborValue])[]): Buffer =>
  Buffer.concat([
    head(major.map, entries.length),
    ...entries.flatMap(([key, value]) => [encodeCbor(key), encodeCbor(value)]),
  ])

/** The first byte and the argument after it (RFC 8949 §3). */
const head = (type: number, argument: number): Buffer => {
  const first = type << 5
  if (argument < 24) return Buffer.of(first | argument)

  const wide = Buffer.alloc(8)
  wide.writeBigUInt64BE(BigInt(argument))
  if (argument <= 0xff) return Buffer.concat([Buffer.of(first | 24), wide.subarray(7)])
  if (argument <= 0xffff) return Buffer.concat([Buffer.of(first | 25), wide.subarray(6)])
  if (argument <= 0xffff_ffff) return Buffer.concat([Buffer.of(first | 26), wide.subarray(4)])
  return Buffer.concat([Buffer.of(first | 27), wide])
}
