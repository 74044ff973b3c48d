import type { AddAnchor, AddedAnchor } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { isWithin, policyReach, refuseOutside } from '../policies/reach.ts'
import { placeOfAnchor } from './show-anchors.ts'

/** What may be used to log in is in the hands of whoever sets the rules there, and so is who vouches for it. */
const within = async (deps: Deps, tx: Transaction, visit: Visit, organisationId: string | null): Promise<boolean> => {
  const signedIn = visitor(visit)
  await deps.sessions.requireLive(tx, signedIn)
  await deps.access.holdPositions(tx, signedIn.personId)
  return isWithin(await policyReach(deps, signedIn.personId, tx), placeOfAnchor(organisationId))
}

const by = (visit: Visit) => ({ actor: visitor(visit).personId, requestId: visit.requestId })

const organisationIdOf = async (deps: Deps, code: string | null): Promise<string | null> => {
  if (code === null) return null
  const organisation = await deps.access.findOrganisation(code)
  if (!organisation) throw new Refusal('not_found', undefined, [`No organisation has the code ${code}.`])
  return organisation.id
}

/**
 * Makes a certificate an anchor, of an organisation or of everyone.
 * @throws Refusal `invalid_request` with a sentence for a certificate that is none, is not valid now, or is there already;
 *   `not_found` for an organisation that is not there; `not_allowed` for one out of reach, which is recorded;
 *   `not_signed_in` when the session ended meanwhile
 */
export const addAnchor =
  (deps: Deps) =>
  async ({ certificate, organisation, ...trusting }: AddAnchor, visit: Visit): Promise<AddedAnchor> => {
    const organisationId = await organisationIdOf(deps, organisation)
    const id = await deps.inTransaction(async (tx) => {
      if (!(await within(deps, tx, visit, organisationId))) return undefined
      return deps.anchors.keepAnchor(tx, { ...trusting, pem: certificate, organisationId }, by(visit))
    })
    return id === undefined ? refuseOutside(deps, visit) : { id }
  }

/**
 * Ends trust in an anchor, whenever the devices were set up that it vouched for.
 * @throws Refusal `not_found`; `not_allowed` for one out of reach, which is recorded; `not_signed_in`
 */
export const removeAnchor =
  (deps: Deps) =>
  async ({ id }: { id: string }, visit: Visit): Promise<void> => {
    const done = await deps.inTransaction(async (tx) => {
      const anchor = (await deps.anchors.readAnchors(tx)).find((each) => each.id === id)
      if (!anchor) throw new Refusal('not_found')
      if (!(await within(deps, tx, visit, anchor.organisationId))) return false
      await deps.anchors.endAnchor(tx, id, by(visit))
      return true
    })
    if (!done) await refuseOutside(deps, visit)
  }
