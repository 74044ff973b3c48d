import { keyedHashOf } from '#kernel'

/**
 * The code of a link that is mailed: 256 bits, made of the invitation's id by a key, so that whoever delivers the mail can
 * make it again and it is stored nowhere meanwhile.
 */
export const mailedCode = (key: Uint8Array, invitation: string): string =>
  keyedHashOf(key, `mailed ${invitation}`).toString('base64url')

/** What an address is known by again, without being kept beside the link that goes there. */
export const markOfAddress = (key: Uint8Array, invitation: string, address: string): string =>
  keyedHashOf(key, `address ${invitation} ${address}`).toString('base64url')
