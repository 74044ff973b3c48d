/** One DER element: its tag as written in the standards, such as `[702]` for a context tag, and its content. */
export interface DerElement {
  tag: string
  content: Buffer
}

const classes = ['universal', 'application', 'context', 'private'] as const
const highTag = 0x1f

/**
 * Reads the DER elements that follow each other in some bytes (X.690 §8.1), without looking into them.
 * @throws Error where they do not end where the bytes end
 */
export const readDer = (bytes: Buffer): DerElement[] => {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length; ) {
    const { tag, at: lengthAt } = readTag(bytes, at)
    const { length, at: contentAt } = readLength(bytes, lengthAt)
    at = contentAt + length
    if (at > bytes.length) throw new Error('The DER ends before its last element')
    elements.push({ tag, content: bytes.subarray(contentAt, at) })
  }
  return elements
}

const readTag = (bytes: Buffer, at: number): { tag: string; at: number } => {
  const first = bytes.readUInt8(at)
  const name = classes[first >> 6]
  if ((first & highTag) !== highTag) return { tag: `${name} ${first & highTag}`, at: at + 1 }
  let number = 0
  for (let next = at + 1; next < at + 4; next += 1) {
    const byte = bytes.readUInt8(next)
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) return { tag: `${name} ${number}`, at: next + 1 }
  }
  throw new Error('A tag number beyond every use')
}

const readLength = (bytes: Buffer, at: number): { length: number; at: number } => {
  const first = bytes.readUInt8(at)
  if (first < 0x80) return { length: first, at: at + 1 }
  const size = first & 0x7f
  if (size === 0 || size > 4) throw new Error('A length that DER does not have')
  return { length: bytes.readUIntBE(at + 1, size), at: at + 1 + size }
}

/** The elements inside the one element of this tag. @throws Error when it is not there */
export const inside = (elements: readonly DerElement[], tag: string): DerElement[] => readDer(contentOf(elements, tag))

/** The content of the first element of this tag. @throws Error when it is not there */
export const contentOf = (elements: readonly DerElement[], tag: string): Buffer => {
  const found = elements.find((element) => element.tag === tag)
  if (!found) throw new Error(`No ${tag}`)
  return found.content
}

/** An object identifier as people write it, such as `2.5.29.19` (X.690 §8.19). */
export const dotted = (content: Buffer): string => {
  const numbers: number[] = []
  let number = 0
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    numbers.push(number)
    number = 0
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...rest].join('.')
}
