import type { AnchorList, DeskAnchor } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { isWithin, policyReach } from '../policies/reach.ts'

type Kept = Awaited<ReturnType<Deps['anchors']['readAnchors']>>[number]

const asShown = (anchor: Kept): Omit<DeskAnchor, 'mayRemove'> => {
  const { id, name, organisationCode: code, organisationName, hardware, platform, subject } = anchor
  return {
    ...{ id, name, hardware, subject },
    organisation: code === null ? null : { code, name: organisationName ?? code },
    platform: platform ?? null,
    validUntil: anchor.notAfter.toISOString(),
    addedAt: anchor.addedAt.toISOString(),
  }
}

/** Where an anchor counts, as a policy would. */
export const placeOfAnchor = (organisationId: string | null) =>
  organisationId === null
    ? ({ scope: 'service', scopeId: '' } as const)
    : ({ scope: 'organisation', scopeId: organisationId } as const)

/**
 * Shows the anchors that somebody at the desk may remove, and those of everyone and of the organisations above them, which
 * count for their people too.
 */
export const showAnchors =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<AnchorList> => {
    const { personId } = visitor(visit)
    const reach = await policyReach(deps, personId)
    const above = await deps.access.organisationsAbove(personId)
    const anchors = (await deps.anchors.readAnchors()).map((anchor) => ({
      ...{ anchor, organisationId: anchor.organisationId },
      mayRemove: isWithin(reach, placeOfAnchor(anchor.organisationId)),
    }))
    return {
      anchors: anchors
        .filter((each) => each.mayRemove || each.organisationId === null || above.includes(each.organisationId))
        .map(({ anchor, mayRemove }) => ({ ...asShown(anchor), mayRemove })),
    }
  }
