import type { DocumentKind, ShownDocument } from '@fobwatch/contracts'
import type { SeenDocument } from './evidence.ts'
import { endOf } from './rules.ts'

/** Takes the numbers from what was shown, and leaves what finds the same document again. */
export const withoutNumbers =
  (hashNumber: (document: DocumentKind, number: string) => Buffer) =>
  (evidence: readonly ShownDocument[]): SeenDocument[] =>
    evidence.map(({ part, document, number, nameOnDocument }) => ({
      ...{ part, document, nameOnDocument },
      numberHash: number ? hashNumber(document, number).toString('base64url') : null,
      numberEnd: number ? endOf(number) : null,
    }))
