import { ListMyEvents, MyEvents, MyInformation, PersonalExport } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from './deps.ts'
import { exportMine } from './export-mine.ts'
import { listMyEvents } from './list-my-events.ts'
import { showMe } from './show-me.ts'

/** What somebody may ask about themselves. */
export const personalDataRoutes = (deps: Deps): Route[] => [
  route('GET /api/me', 'signed-in', { summary: 'Show what is held about you.', response: MyInformation }, showMe(deps)),
  route(
    'GET /api/me/events',
    'signed-in',
    { summary: 'List what you did and what was done to you.', querystring: ListMyEvents, response: MyEvents },
    listMyEvents(deps),
  ),
  // It is everything at once: whoever finds a computer unlocked does not get it.
  route(
    'GET /api/me/export',
    'fresh',
    { summary: 'Download all that is held about you.', response: PersonalExport },
    exportMine(deps),
  ),
]
