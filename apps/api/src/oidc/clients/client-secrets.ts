import type { StoredClient } from '#clients'
import { hashOf, sameSecret } from '#kernel'

/** Stands for the secrets of a client whose every secret has ended: it is the hash of none. */
const none = '-'

/** What stands for a client's secrets where the library keeps one: their hashes. */
export const standInFor = ({ secretHashes }: Pick<StoredClient, 'secretHashes'>): string =>
  secretHashes.map((hash) => hash.toString('base64url')).join(' ') || none

/** Whether a secret is one of those that something stands for. Each is compared, whatever the others said. */
export const isSecretOf = (secret: string, standIn = none): boolean =>
  standIn
    .split(' ')
    .map((hash) => Buffer.from(hash, 'base64url'))
    .filter(({ length }) => length === hashOf('').length)
    .map((hash) => sameSecret(secret, hash))
    .includes(true)
