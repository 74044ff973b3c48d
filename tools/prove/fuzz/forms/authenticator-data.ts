import { cbor, endOf } from './cbor.ts'
import type { Form, Part } from './part.ts'

const at = { flags: 32, counter: 33, aaguid: 37, idLength: 53, id: 55 } as const
const bit = { attested: 0x40 }

/** Authenticator data, part by part (WebAuthn L3 §6.1): hash, flags, counter, and the new credential with its key. */
export const authenticatorData: Form = {
  open: (bytes) => ({
    parts: [
      { bytes: bytes.subarray(0, at.flags) },
      { bytes: bytes.subarray(at.flags, at.counter) },
      { bytes: bytes.subarray(at.counter, at.aaguid) },
      ...(bytes.readUInt8(at.flags) & bit.attested ? attestedParts(bytes) : rest(bytes, at.aaguid)),
    ],
    close: Buffer.concat,
  }),
  faults: [
    (bytes, choose) => {
      const changed = Buffer.from(bytes)
      const flags = 1 << choose(8)
      if (changed.length > at.flags) changed.writeUInt8(changed.readUInt8(at.flags) ^ flags, at.flags)
      return changed
    },
    // Extensions, which nobody asked for.
    (bytes, choose) => {
      const changed = Buffer.concat([bytes, Buffer.from(choose(2) === 0 ? 'a1636c6f6ff5' : 'a0', 'hex')])
      if (changed.length > at.flags) changed.writeUInt8(changed.readUInt8(at.flags) | 0x80, at.flags)
      return changed
    },
  ],
}

const attestedParts = (bytes: Buffer): Part[] => {
  const keyAt = at.id + bytes.readUInt16BE(at.idLength)
  const end = endOf(bytes, keyAt)
  return [
    { bytes: bytes.subarray(at.aaguid, at.idLength) },
    { bytes: bytes.subarray(at.idLength, keyAt), form: credentialId },
    { bytes: bytes.subarray(keyAt, end), form: cbor() },
    ...rest(bytes, end),
  ]
}

const rest = (bytes: Buffer, from: number): Part[] => (from < bytes.length ? [{ bytes: bytes.subarray(from) }] : [])

/** The id behind its length, which is right again when it is closed. */
const credentialId: Form = {
  open: (bytes) => ({
    parts: [{ bytes: bytes.subarray(2) }],
    close: ([id = Buffer.alloc(0)]) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length % 0x1_0000)
      return Buffer.concat([length, id])
    },
  }),
  faults: [
    (bytes, choose) => Buffer.concat([bytes.subarray(0, 2), Buffer.alloc(choose(3) * 1_000, 7)]),
    (bytes, choose) => Buffer.concat([Buffer.of(choose(256), choose(256)), bytes.subarray(2)]),
  ],
}
