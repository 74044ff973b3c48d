import { assess, isUnsafe, type Trust, type Verdict } from '#assurance'
import type { Transaction } from '#kernel'
import { attestationIn } from '#webauthn'
import type { Deps } from '../deps.ts'
import type { CertifiedRow } from './store.ts'
import { suspend } from './suspend.ts'

const batch = 50

/**
 * For how long it is asked again, after a number was first seen, who was not judged by it: every instance has taken it up by
 * then, and whatever was being set up by what metadata said before is there. In milliseconds.
 */
const settling = 5 * 60_000

/**
 * Judges again, by metadata that is newer than what they were judged by, every authenticator whose maker vouched for it
 * with a certificate: what metadata says of a model changes, and a model may come or go. What organisations vouch for
 * stays as it is. While metadata is too old to be believed nothing is judged; what it said counts for nothing then anyway.
 * @returns how many were judged
 * @throws Error when some could not be judged, once all the others were; the next run tries them again
 */
export const rejudge = (deps: Deps) => {
  let done: number | undefined
  let seen: { number: number; at: number } | undefined
  return async (): Promise<number> => {
    const number = deps.metadataNumber()
    if (number === undefined || number === done || !deps.metadataIsCurrent()) return 0
    const at = deps.now().getTime()
    if (seen?.number !== number) seen = { number, at }
    const failures: unknown[] = []
    let judged = 0
    let after: string | null = null
    for (;;) {
      const rows: CertifiedRow[] = await deps.store.judgedBefore(number, after, batch)
      for (const row of rows)
        await deps.inTransaction((tx) => judgeAgain(deps, tx, row, number)).catch((error) => failures.push(error))
      judged += rows.length
      after = rows.at(-1)?.id ?? null
      if (rows.length < batch) break
    }
    if (failures.length > 0)
      throw new Error(`${failures.length} of ${judged} could not be judged again`, { cause: failures[0] })
    if (at - seen.at > settling) done = number
    return judged
  }
}

const judgeAgain = async (deps: Deps, tx: Transaction, row: CertifiedRow, number: number): Promise<void> => {
  const { id, personId, aaguid, attestationObject, addedAt: attestedAt } = row
  const word = { aaguid, attestation: attestationIn(attestationObject), attestedAt }
  const trust = await deps.judgeTrust({ ...word, organisations: await deps.organisationsAbove(personId, tx) }, tx)
  // Nobody was ever set up here without touching it, and without being verified.
  const verdict = assess({ ...row, userPresent: true, userVerified: true, trust })
  if ((await deps.store.keepJudgement(tx, { id, number, trust, ...verdict })) === 0) return
  if (changed(row, trust, verdict))
    await deps.record(tx, {
      type: 'authenticator-judged-again',
      person: personId,
      details: {
        ...{ authenticator: id, metadata: number, trustBefore: row.trustedBy, trust: trust.by },
        ...{ levelBefore: row.assuranceLevel, level: verdict.level },
      },
    })
  // What is reported of a certificate alone, and not of all its model.
  if (isUnsafe(trust.facts?.statuses ?? []))
    await suspend(deps)(tx, { id, personId, because: 'model', by: { as: 'service', actor: null } })
}

const changed = (row: CertifiedRow, trust: Trust, { level }: Verdict): boolean =>
  row.trustedBy !== trust.by || row.assuranceLevel !== level
