import { type Choose, type Form, type Part, replaceBy } from './part.ts'

/** Forms of byte strings in CBOR, by the name of the entry that holds them, by itself or in a list. */
export interface Named {
  readonly [entry: string]: Form
}

const major = { bytes: 2, text: 3, array: 4, map: 5 } as const

const items = [
  ...['00', '01', '02', '06', '17', '1818', '19ffff', '1affffffff', '1bffffffffffffffff', '1b0020000000000000'],
  ...['20', '26', '27', '3822', '390100', '3823', '3834', '3bffffffffffffffff', '3b001fffffffffffff'],
  ...['f4', 'f5', 'f6', 'f7', 'f0', 'f8ff', 'f97e00', 'fa7fc00000', 'fb7ff8000000000000', 'ff', '1c', 'fc'],
  ...['40', '60', '80', 'a0', '5f4100ff', '7f6100ff', '9fff', 'bfff', 'c000', 'd9d9f7a0', 'c249010000000000000000'],
  ...['5bffffffffffffffff', '5affffffff00', '7bffffffffffffffff', '9bffffffffffffffff', 'bbffffffffffffffff'],
  ...['9affffffff', 'baffffffff', '9a00ffffff80', '62c328', 'a10101', 'a201010102', 'a1f60a', 'a14100f6', 'a1a0a0'],
].map((hex) => Buffer.from(hex, 'hex'))
const nested = [0x81, 0xa1, 0xc0, 0x9f].map((head) => Buffer.alloc(4_000, head))

/** One CBOR item and nothing after it (RFC 8949), with lengths and counts that are right when it is closed. */
export const cbor = (named: Named = {}, inner?: Form): Form => ({
  open: (bytes) => {
    const { type, next } = readHead(bytes, 0)
    if (type === major.bytes || type === major.text)
      return {
        parts: [{ bytes: bytes.subarray(next), form: inner }],
        close: ([content = Buffer.alloc(0)]) => Buffer.concat([head(type, content.length), content]),
      }
    if (type !== major.array && type !== major.map) throw new Error('Nothing in it')
    return {
      parts: type === major.array ? itemsOf(bytes, named, inner) : entriesOf(bytes, named),
      close: (parts) => Buffer.concat([head(type, parts.length), ...parts]),
    }
  },
  faults: [replaceBy(items), replaceBy(nested), otherHead, smallInteger],
})

const itemsOf = (bytes: Buffer, named: Named, inner: Form | undefined): Part[] =>
  split(bytes).map((item) => ({ bytes: item, form: cbor(named, inner) }))

const entriesOf = (bytes: Buffer, named: Named): Part[] => {
  const all = split(bytes)
  return all.flatMap((key, at) => {
    const value = all[at + 1]
    if (at % 2 === 1 || !value) return []
    const parts = [
      { bytes: key, form: cbor() },
      { bytes: value, form: cbor(named, named[nameOf(key)]) },
    ]
    return [{ bytes: Buffer.concat([key, value]), form: entry(parts) }]
  })
}

const entry = (parts: Part[]): Form => ({ open: () => ({ parts, close: Buffer.concat }), faults: [] })

const nameOf = (key: Buffer): string => {
  const { type, next } = readHead(key, 0)
  return type === major.text ? key.subarray(next).toString() : ''
}

/** The items in an array or a map, keys and values alike. */
const split = (bytes: Buffer): Buffer[] => {
  const { type, argument, next } = readHead(bytes, 0)
  const found: Buffer[] = []
  let at = next
  for (let left = type === major.map ? argument * 2 : argument; left > 0; left -= 1) {
    const end = endOf(bytes, at)
    found.push(bytes.subarray(at, end))
    at = end
  }
  return found
}

/** Where the item that begins somewhere ends. */
export const endOf = (bytes: Buffer, at: number): number => {
  const { type, argument, next } = readHead(bytes, at)
  if (type === major.bytes || type === major.text) return next + argument
  let end = next
  const inside = type === major.map ? argument * 2 : type === major.array ? argument : 0
  for (let left = inside; left > 0; left -= 1) end = endOf(bytes, end)
  return end
}

const readHead = (bytes: Buffer, at: number): { type: number; argument: number; next: number } => {
  const first = bytes.readUInt8(at)
  const [type, size] = [first >> 5, first & 31]
  if (size < 24) return { type, argument: size, next: at + 1 }
  if (size > 26) throw new Error('Longer than anything here')
  const width = 2 ** (size - 24)
  return { type, argument: bytes.readUIntBE(at + 1, width), next: at + 1 + width }
}

const head = (type: number, argument: number): Buffer => {
  const first = type << 5
  if (argument < 24) return Buffer.of(first | argument)
  const bytes = Buffer.alloc(argument < 0x1_0000 ? 3 : 5, first | (argument < 0x1_0000 ? 25 : 26))
  bytes.writeUIntBE(argument, 1, bytes.length - 1)
  // The shortest head is the one that belongs there.
  return argument < 0x100 ? Buffer.of(first | 24, argument) : bytes
}

/** The same content under another type, or a length that is not its own. */
const otherHead = (bytes: Buffer, choose: Choose): Buffer => {
  const changed = Buffer.from(bytes)
  if (changed.length > 0) changed.writeUInt8(choose(256), 0)
  return changed
}

/** Where an algorithm, a curve or a kind of key is meant, another one. */
const smallInteger = (_bytes: Buffer, choose: Choose): Buffer => {
  const number = choose(600)
  return number < 300 ? head(0, number) : head(1, number - 300)
}
