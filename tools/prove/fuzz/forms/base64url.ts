import type { Form } from './part.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Base64url of bytes, which may have a form of their own. */
export const base64url = (inner?: Form): Form => ({
  open: (bytes) => ({
    parts: [{ bytes: Buffer.from(bytes.toString(), 'base64url'), form: inner }],
    close: ([content = Buffer.alloc(0)]) => Buffer.from(content.toString('base64url')),
  }),
  faults: [
    (bytes) => Buffer.concat([bytes, Buffer.from('=')]),
    (bytes) => Buffer.from(bytes.toString().replaceAll('-', '+').replaceAll('_', '/')),
    // Often another spelling of the same bytes.
    (bytes, choose) => Buffer.concat([bytes.subarray(0, -1), Buffer.from(alphabet.charAt(choose(64)))]),
    (bytes) => Buffer.from(` ${bytes.toString()}\\n`),
    (bytes) => Buffer.from(Buffer.from(bytes.toString(), 'base64url').toString('hex')),
  ],
})
