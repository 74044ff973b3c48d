import type { Form, Part } from './part.ts'

const tag = { bitString: 0x03, octetString: 0x04, constructed: 0x20, highNumber: 0x1f } as const

/** One DER element and nothing after it (X.690): a signature or a certificate, with lengths that are right again. */
export const der: Form = {
  open: (bytes) => {
    const { contentAt, end, lengthAt } = readHead(bytes, 0)
    if (end !== bytes.length || contentAt === end) throw new Error('Not one element with something in it')
    const head = bytes.subarray(0, lengthAt)
    return {
      parts: partsOf(bytes, contentAt),
      close: (parts) => {
        const content = Buffer.concat(parts)
        return Buffer.concat([head, lengthOf(content.length), content])
      },
    }
  },
  faults: [
    (bytes, choose) => Buffer.concat([Buffer.of(choose(256)), bytes.subarray(1)]),
    // Lengths: without end, longer than anything, in more bytes than needed.
    (bytes) => Buffer.concat([bytes.subarray(0, 1), Buffer.of(0x80), bytes.subarray(2)]),
    (bytes) => Buffer.concat([bytes.subarray(0, 1), Buffer.from('84ffffffff', 'hex'), bytes.subarray(2)]),
    (bytes) => Buffer.concat([bytes.subarray(0, 1), Buffer.from('880000000000000001', 'hex'), bytes.subarray(2)]),
    () => Buffer.from('3080'.repeat(2_000), 'hex'),
    () => Buffer.from('3006020100020100', 'hex'),
    () => Buffer.from('0500', 'hex'),
  ],
}

const partsOf = (bytes: Buffer, contentAt: number): Part[] => {
  const first = bytes.readUInt8(0)
  const content = bytes.subarray(contentAt)
  if (first === tag.octetString) return [{ bytes: content, form: der }]
  // The first byte says how many bits of the last are not used.
  if (first === tag.bitString) return [{ bytes: content.subarray(0, 1) }, { bytes: content.subarray(1), form: der }]
  if (!(first & tag.constructed)) return [{ bytes: content }]
  const parts: Part[] = []
  for (let at = 0; at < content.length; ) {
    const { end } = readHead(content, at)
    parts.push({ bytes: content.subarray(at, end), form: der })
    at = end
  }
  return parts
}

const readHead = (bytes: Buffer, from: number): { lengthAt: number; contentAt: number; end: number } => {
  let lengthAt = from + 1
  if ((bytes.readUInt8(from) & tag.highNumber) === tag.highNumber) {
    while (bytes.readUInt8(lengthAt) & 0x80) lengthAt += 1
    lengthAt += 1
  }
  const first = bytes.readUInt8(lengthAt)
  if (first < 0x80) return { lengthAt, contentAt: lengthAt + 1, end: lengthAt + 1 + first }
  const width = first & 0x7f
  if (width < 1 || width > 3) throw new Error('Longer than anything here')
  const contentAt = lengthAt + 1 + width
  return { lengthAt, contentAt, end: contentAt + bytes.readUIntBE(lengthAt + 1, width) }
}

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.of(length)
  if (length < 0x100) return Buffer.of(0x81, length)
  if (length < 0x1_0000) return Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.of(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
}
