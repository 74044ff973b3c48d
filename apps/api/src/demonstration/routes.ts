import { Mailbox } from '@fobwatch/contracts'
import { type Output, type Route, route } from '#http'

const mailbox = { summary: 'Every mail of the demonstration. Its people are fictional.', response: Mailbox }

export interface DemonstrationVerbs {
  showMailbox: () => Promise<Output<typeof mailbox>>
}

/** The room's table of routes. */
export const demonstrationRoutes = (verbs: DemonstrationVerbs): Route[] => [
  route('GET /api/demonstration/mailbox', 'anyone', mailbox, verbs.showMailbox),
]
