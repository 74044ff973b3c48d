import { canBeAsked, type RaisedRequest, type RaiseRequest } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { newId, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { asKept } from '../people/as-kept.ts'
import { type Asking, placeOf } from './place-of.ts'
import { reachesPerson } from './reaches-person.ts'
import { noteRefusal, RuleRefusal } from './refuse.ts'
import { askedFor, isAboutNobody, openUntil, profilesOf, whyNotRaise } from './rules.ts'
import { standingOf } from './standing.ts'

const whomAbout = async (deps: Deps, { kind, staffId, asked }: RaiseRequest) => {
  if (!canBeAsked(kind, asked) || isAboutNobody(kind) !== (staffId === undefined)) throw new Refusal('invalid_request')
  if (staffId === undefined) return null
  const person = await deps.store.findAnyone(staffId)
  if (!person) throw new Refusal('not_found')
  return person
}

/** Where it belongs, once it is clear that its raiser may ask for it there. */
const placeFor = async (deps: Deps, tx: Transaction, asking: Asking) => {
  const { raisedBy, personId } = asking
  if (personId === raisedBy) throw new RuleRefusal('self')
  const place = await placeOf(deps, tx, asking)
  if (!place) throw new RuleRefusal('outside')
  const standing = await standingOf(deps, raisedBy, { ...asking, ...place }, tx)
  const why = whyNotRaise(askedFor(asking), standing)
  if (why) throw new RuleRefusal(why)
  if (!(await reachesPerson(deps, tx, asking))) throw new RuleRefusal('outside')
  return place
}

/**
 * Asks for a deed that takes a second person, or that the asker's duty allows by request only. It is open for 30 days.
 * @throws Refusal `invalid_request` for what the deed itself would not take; `not_found` for people and places outside;
 *   `not_allowed` about oneself, and for what one's duty does not allow in any way or what would give more than one has;
 *   `evidence_too_little`; `person_not_so` for a profile that it cannot be done with; `request_taken` for the same again; `not_signed_in`
 */
export const raiseRequest =
  (deps: Deps) =>
  async (input: RaiseRequest, visit: Visit): Promise<RaisedRequest> => {
    const signedIn = visitor(visit)
    const { personId: raisedBy, authenticatorId: raisedWith } = signedIn
    const { kind, note = null } = input
    const about = await whomAbout(deps, input)
    const asked = asKept(deps)[kind]?.(input.asked) ?? input.asked
    const asking: Asking = { kind, raisedBy, personId: about?.id ?? null, asked }
    try {
      return await deps.inTransaction(async (tx) => {
        await deps.store.lockPeople(tx, [raisedBy, ...(about ? [about.id] : [])])
        await deps.sessions.requireLive(tx, signedIn)
        const place = await placeFor(deps, tx, asking)
        const status = input.staffId && (await deps.store.findAnyone(input.staffId, tx))?.status
        if (status && !profilesOf(kind).includes(status)) throw new Refusal('person_not_so')
        const raisedAt = deps.now()
        if (await deps.requests.isRaised(tx, asking, raisedAt)) throw new Refusal('request_taken')

        const request = { ...asking, ...place, id: newId(), note, raisedWith, raisedAt, expiresAt: openUntil(raisedAt) }
        await deps.requests.add(tx, request)
        const event = { type: 'request-raised', actor: raisedBy, requestId: visit.requestId } as const
        const details = { request: request.id, kind, organisation: place.organisationId }
        await deps.record(
          tx,
          about ? { ...event, details, person: about.id, personal: { note } } : { ...event, details },
        )
        return { id: request.id, dueAt: request.expiresAt.toISOString() }
      })
    } catch (error) {
      await noteRefusal(deps, visit, asking, error)
      throw error
    }
  }
