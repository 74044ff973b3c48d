import { type Choose, type Fault, type Opened, oneOf, type Part } from './forms/part.ts'

const telling = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x20, 0x22, 0x2e] as const
/** More than a request may hold, now and then. */
const mostBytes = 140_000

const changeByte = (bytes: Buffer, choose: Choose, change: (byte: number) => number): Buffer => {
  if (bytes.length === 0) return bytes
  const changed = Buffer.from(bytes)
  const at = choose(bytes.length)
  changed.writeUInt8(change(bytes.readUInt8(at)) & 0xff, at)
  return changed
}

/** What can happen to any bytes. */
const byteFaults: readonly Fault[] = [
  (bytes, choose) => changeByte(bytes, choose, (byte) => byte ^ (1 << choose(8))),
  (bytes, choose) => changeByte(bytes, choose, () => oneOf(telling, choose)),
  (bytes, choose) => changeByte(bytes, choose, (byte) => byte + 1),
  (bytes, choose) => changeByte(bytes, choose, () => choose(256)),
  (bytes, choose) => bytes.subarray(0, choose(bytes.length + 1)),
  (bytes, choose) => bytes.subarray(choose(bytes.length + 1)),
  (bytes, choose) => {
    const at = choose(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), Buffer.of(choose(256)), bytes.subarray(at)])
  },
  (bytes, choose) => {
    const at = choose(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + choose(4))])
  },
  (bytes, choose) => Buffer.from(bytes.map(() => choose(256))),
  (bytes) => Buffer.alloc(bytes.length, 0xff),
  (bytes) => Buffer.alloc(bytes.length),
  () => Buffer.alloc(0),
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes, choose) => {
    const most = choose(8) === 0 ? mostBytes : 4 * bytes.length
    const times = Math.min(2 ** choose(13), Math.floor(most / Math.max(bytes.length, 1)))
    return Buffer.concat(Array.from({ length: times }, () => bytes))
  },
  (bytes) => Buffer.from(bytes).reverse(),
]

type PartsFault = (parts: Buffer[], choose: Choose) => Buffer[]

/** What can happen to the parts of something, each of them whole. */
const partsFaults: readonly PartsFault[] = [
  (parts, choose) => parts.toSpliced(choose(parts.length), 1),
  (parts, choose) => parts.toSpliced(choose(parts.length), 0, oneOf(parts, choose)),
  (parts, choose) => parts.with(choose(parts.length), oneOf(parts, choose)),
  (parts) => parts.toReversed(),
  () => [],
]

/** How often, of so many times, the spoiling stops at what it has come to, instead of going into it. */
const stopsOnceIn = 5

/**
 * Spoils something in one place, which the decisions lead to: all of it, or a part of a part of it. What lies around that
 * place is put together again with lengths that are right, so that a reader gets as far as the place.
 */
export const spoil = (part: Part, choose: Choose): Buffer => {
  const opened = openOrNot(part)
  if (!opened || choose(stopsOnceIn) === 0) return spoilWhole(part, opened, choose)
  const parts = opened.parts.map(({ bytes }) => bytes)
  const at = pick(parts, choose)
  const chosen = opened.parts[at]
  return chosen ? opened.close(parts.with(at, spoil(chosen, choose))) : part.bytes
}

const openOrNot = ({ bytes, form }: Part): Opened | undefined => {
  try {
    const opened = form?.open(bytes)
    return opened && opened.parts.length > 0 ? opened : undefined
  } catch {
    return undefined
  }
}

const spoilWhole = ({ bytes, form }: Part, opened: Opened | undefined, choose: Choose): Buffer => {
  const ways: Fault[] = [...byteFaults, ...(form?.faults ?? []), ...(form?.faults ?? [])]
  if (opened) {
    const parts = opened.parts.map((each) => each.bytes)
    ways.push(
      ...partsFaults.map(
        (fault): Fault =>
          (_bytes, next) =>
            opened.close(fault(parts, next)),
      ),
    )
  }
  return oneOf(ways, choose)(bytes, choose)
}

/** One part, half the time the longer the likelier: what is long has more in it to get wrong. */
const pick = (parts: readonly Buffer[], choose: Choose): number => {
  if (choose(2) === 0) return choose(parts.length)
  let left = choose(
    Math.max(
      parts.reduce((sum, { length }) => sum + length, 0),
      1,
    ),
  )
  const at = parts.findIndex(({ length }) => {
    left -= length
    return left < 0
  })
  return Math.max(at, 0)
}
