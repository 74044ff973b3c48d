/**
 * Requests: what takes two people at the desk, and what a duty allows by request only. One asks, another decides; what was
 * approved is either done at once, by the approval, or by whoever asked, within a day.
 * Endpoints: /api/desk/requests. Owns `request`.
 * Invariant: nobody decides what they raised or what is about them, or gives what they do not have; a request is decided
 * once and used once, for what was asked and for nothing else.
 * Neighbours: the deeds of the other rooms of the desk ask `requireSecondPerson`, and stand in `carryOut`.
 */
export { listByCommand, showByCommand } from './by-command.ts'
export { cancelAbout, cancelAll } from './cancel-about.ts'
export { decideByCommand } from './decide-request.ts'
export { requireSecondPerson } from './require-second-person.ts'
