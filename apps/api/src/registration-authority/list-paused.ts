import type { ListPaused, PausedAuthenticators } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { fullName } from '#people'
import { task } from './deed-about.ts'
import type { Deps } from './deps.ts'
import { afterOf, nextOf } from './rules.ts'
import type { PausedRow } from './store.ts'

const pageLength = 50

/** The devices that are paused at the agent's organisations and those below, the longest paused first: work to be done. */
export const listPaused =
  (deps: Deps) =>
  async ({ because, after }: ListPaused, visit: Visit): Promise<PausedAuthenticators> => {
    const actor = visitor(visit).personId
    const reach = await deps.access.reachOf(actor, task)
    const asked = { because: because ?? null, after: after === undefined ? null : afterOf(after) }
    const rows = await deps.store.listPaused(reach, deps.now(), asked, pageLength + 1)
    await deps.recordAlone({
      ...{ type: 'desk-searched', actor, requestId: visit.requestId },
      details: { found: Math.min(rows.length, pageLength), paused: true },
    })
    const page = rows.slice(0, pageLength)
    return { paused: page.map((row) => asListed(deps, row)), next: nextOf(page, rows.length > pageLength) }
  }

const asListed = (
  { authenticators: { modelNameOf } }: Pick<Deps, 'authenticators'>,
  { id, staffId, name, kind, aaguid, because, since, note, ...names }: PausedRow,
): PausedAuthenticators['paused'][number] => ({
  ...{ id, staffId, name, kind, because, note },
  person: fullName(names),
  model: modelNameOf(aaguid),
  since: since.toISOString(),
})
