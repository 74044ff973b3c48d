import { keyedHashOf } from '#kernel'

/**
 * The code of a link that is mailed: 256 bits, made of the invitation's id by a key, so that whoever delivers the mail can
 * make it again and it is stored nowhere meanwhile.
 */
export const mailedCode = (key: Uint8Array, invitation: string): string =>
  keyedHashOf(key, `mailed ${invitation}`).toString('base64url')
