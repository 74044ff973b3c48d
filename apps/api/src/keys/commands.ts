import { command } from '#commands'
import type { listKeys } from './list-keys.ts'
import type { revokeKey } from './revoke-key.ts'
import type { rotateKeys } from './rotate-keys.ts'
import { type SigningAlgorithm, signingAlgorithms } from './signer.ts'

interface Verbs {
  listKeys: ReturnType<typeof listKeys>
  rotateKeys: ReturnType<typeof rotateKeys>
  revokeKey: ReturnType<typeof revokeKey>
}

const timeOf = (date: Date | null): string => date?.toISOString().slice(0, 16).concat('Z') ?? '-'

const algorithmOf = (word: string | undefined): SigningAlgorithm | undefined => {
  if (word === undefined) return undefined
  const algorithm = signingAlgorithms.find((each) => each === word)
  if (!algorithm) throw new Error(`--algorithm is one of: ${signingAlgorithms.join(', ')}.`)
  return algorithm
}

/** What can be done by command about the keys that tokens are signed with. */
export const keyCommands = [
  command({
    name: 'keys list',
    operands: [],
    options: {},
    says: 'List the signing keys that are published: which signs, since or from when, and until when it is published.',
    run: async ({ listKeys }: Verbs) => {
      const lines = (await listKeys()).map(({ kid, algorithm, state, signsFrom, signsUntil, publishedUntil }) =>
        [kid, algorithm, state, timeOf(signsFrom), timeOf(signsUntil), timeOf(publishedUntil)].join('\t'),
      )
      return lines.map((line) => `${line}\n`).join('')
    },
  }),
  command({
    name: 'keys rotate',
    operands: [],
    options: { algorithm: { value: 'ALGORITHM' } },
    says: 'Publish the next signing key now, before its time; it signs as soon as everybody can have seen it.',
    run: async ({ rotateKeys }: Verbs, { options: { algorithm } }) => {
      const next = await rotateKeys(algorithmOf(algorithm))
      return next
        .map(({ kid, algorithm, signsFrom, isNew }) =>
          [kid, algorithm, isNew ? 'made now' : 'was there', `signs from ${timeOf(signsFrom)}`].join('\t'),
        )
        .map((line) => `${line}\n`)
        .join('')
    },
  }),
  command({
    name: 'keys revoke',
    operands: ['KID'],
    options: {},
    says: 'End a signing key that has leaked, at once. What it signed is believed no more, and cannot be again.',
    run: async ({ revokeKey }: Verbs, { operands: [kid = ''] }) => {
      const instead = await revokeKey(kid)
      return instead ? `${kid} is revoked; ${instead.kid} signs instead.\n` : `${kid} is revoked.\n`
    },
  }),
]
