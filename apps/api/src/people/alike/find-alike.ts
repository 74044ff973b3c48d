import type { DocumentKind, Profession } from '@fobwatch/contracts'
import type { Transaction } from '#kernel'
import { type AlikeIn, type How, judgeAlike, similarEnough } from './rules.ts'
import type { AlikeStore } from './store.ts'

interface Deps {
  store: AlikeStore
  hashNumber: (document: DocumentKind, number: string) => Buffer
}

/** What is known of somebody who has no profile yet. */
export interface Newcomer {
  givenName: string
  familyName: string
  birthDate?: string | null | undefined
  email?: string | null | undefined
  externalId?: string | null | undefined
  professions?: readonly Profession[] | undefined
  evidence?: readonly { document: DocumentKind; number?: string | undefined }[] | undefined
}

/** Somebody who may be the same. */
export interface Alike {
  personId: string
  how: How
  alikeIn: readonly AlikeIn[]
}

/** How many are worth looking at. */
const most = 20

const rank = ({ how, alikeIn }: Alike) => (how === 'likely' ? 0 : 100) - alikeIn.length

/**
 * Who of everybody, wherever they work and whether or not they have left, may be the same as a newcomer: by identifiers,
 * documents, spellings of the name and the birth date.
 * @returns the likeliest first, at most 20
 */
export const findAlike =
  ({ store, hashNumber }: Deps) =>
  async (tx: Transaction, newcomer: Newcomer): Promise<Alike[]> => {
    const { givenName, familyName, birthDate = null, email = null, externalId = null } = newcomer
    const [professions, evidence] = [newcomer.professions ?? [], newcomer.evidence ?? []]
    const sought = {
      ...{ givenName, familyName, birthDate, email, externalId },
      bodies: professions.map(({ body }) => body),
      numbers: professions.map(({ number }) => number),
      documents: evidence.flatMap(({ document, number }) => (number ? [hashNumber(document, number)] : [])),
    }
    const found = await store.find(tx, sought, similarEnough)
    return found
      .flatMap(({ personId, ...facts }) => {
        const judged = judgeAlike(birthDate, facts)
        return judged ? [{ personId, ...judged }] : []
      })
      .toSorted((a, b) => rank(a) - rank(b) || a.personId.localeCompare(b.personId))
      .slice(0, most)
  }
