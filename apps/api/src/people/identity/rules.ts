import { type DocumentKind, documents, type EvidencePart, type Fault, type ShownDocument } from '@fobwatch/contracts'

type Shown = Pick<ShownDocument, 'part' | 'document'> & { number?: string | undefined }

/** What each level takes: level 3 a photo, an address and one more; level 2 a photo and one more; level 1 any one. */
const needed: Record<number, { documents: number; parts: readonly EvidencePart[] }> = {
  1: { documents: 1, parts: [] },
  2: { documents: 2, parts: ['photo'] },
  3: { documents: 3, parts: ['photo', 'address'] },
}

const words: Record<EvidencePart, string> = {
  photo: 'one with a photo',
  address: 'one that shows the address',
  other: 'another one',
}

const canPlay = (document: DocumentKind, part: EvidencePart): boolean =>
  (documents[document] as readonly EvidencePart[]).includes(part)

const faultsOf = (evidence: readonly Shown[]): Fault[] =>
  evidence.flatMap(({ part, document, number }, at) => {
    const field = `identity.evidence[${at}]`
    if (!canPlay(document, part)) return [{ field, why: 'This document is not one for that.' }]
    if (evidence.findIndex((other) => other.document === document) < at)
      return [{ field, why: 'Each document counts once.' }]
    return part === 'photo' && !number ? [{ field, why: 'It has a number, which is needed.' }] : []
  })

/**
 * What is missing for documents to prove a level.
 * @returns every fault of the documents, and what is still needed in plain sentences; nothing of either when they do
 */
export const whatIsMissing = (level: number, evidence: readonly Shown[]): { faults: Fault[]; reasons: string[] } => {
  const faults = faultsOf(evidence)
  const rule = needed[level]
  if (!rule) return { faults, reasons: ['There is no such level.'] }
  const reasons = rule.parts
    .filter((part) => !evidence.some((shown) => shown.part === part))
    .map((part) => `Level ${level} needs ${words[part]}.`)
  if (evidence.length < rule.documents)
    reasons.push(`Level ${level} needs ${rule.documents} ${rule.documents === 1 ? 'document' : 'documents'}.`)
  return { faults, reasons }
}

/** A document's number without what people write between its signs. */
export const plainNumber = (number: string): string => number.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** As much of a number as a person needs to tell which document it was. */
export const endOf = (number: string): string => plainNumber(number).slice(-3)
