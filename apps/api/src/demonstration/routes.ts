import { AuthenticationResponse, Mailbox, PersonaList, PersonaParams, UsePersona } from '@fobwatch/contracts'
import { type Input, type Output, type Route, route } from '#http'

const mailbox = { summary: 'Every mail of the demonstration. Its people are fictional.', response: Mailbox }

const personas = { summary: 'The personas of the sandbox. They are fictional.', response: PersonaList }
const assertion = {
  summary: 'Answers a challenge of signing in as a device of a persona would.',
  params: PersonaParams,
  body: UsePersona,
  response: AuthenticationResponse,
}

export interface DemonstrationVerbs {
  showMailbox: () => Promise<Output<typeof mailbox>>
  listPersonas: () => Promise<Output<typeof personas>>
  usePersona: (input: Input<typeof assertion>) => Promise<Output<typeof assertion>>
}

/** The room's table of routes. */
export const demonstrationRoutes = (verbs: DemonstrationVerbs): Route[] => [
  route('GET /api/demonstration/mailbox', 'anyone', mailbox, verbs.showMailbox),
  route('GET /api/demonstration/personas', 'anyone', personas, verbs.listPersonas),
  route('POST /api/demonstration/personas/:persona/assertion', 'anyone', assertion, verbs.usePersona, 'prove'),
]
