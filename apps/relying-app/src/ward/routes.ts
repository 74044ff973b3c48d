import type { FastifyRequest, RouteOptions } from 'fastify'
import { noSuchPage, type Page, sendPage, type Visitor } from '../pages/index.ts'
import type { ForLoggedIn, LogInAgain, SendFault, Visit } from '../signing-in/index.ts'
import type { Answered, WardClient } from './client.ts'
import { listPage } from './list-page.ts'
import { noRolePage, wrongPlacePage, wrongRolePage } from './no-access-pages.ts'
import { recordPage } from './record-page.ts'
import { stepUpPage, stillTooWeakPage } from './step-up-page.ts'

type Deps = { forLoggedIn: ForLoggedIn; logInAgain: LogInAgain; ward: WardClient; sendFault: SendFault }

/** The pages of the ward, which get all that they show from its API. */
export const wardRoutes = ({ forLoggedIn, logInAgain, ward, sendFault }: Deps): RouteOptions[] => {
  const show = async <Body>(
    visit: Visit,
    asked: Promise<Answered<Body>>,
    page: (visitor: Visitor, body: Body) => Page,
  ) => {
    const { visitor, request, reply } = visit
    const answer = await asked
    if (answer.kind === 'refused' && answer.status === 401) return logInAgain(visit, answer.error)
    visit.session.refused = 'none'
    if (answer.kind === 'given') return sendPage(reply, page(visitor, answer.body))
    if (answer.kind === 'step-up') {
      const { acr_values } = answer.stepUp
      const wasAsked = acr_values !== undefined && acr_values === visit.session.asked.acr_values
      return sendPage(
        reply,
        wasAsked ? stillTooWeakPage(visitor, answer.stepUp) : stepUpPage(visitor, answer.stepUp),
        403,
      )
    }
    if (answer.status === 503) return sendFault(request, reply, { fault: 'fobwatch_down', returnTo: visitor.path })
    if (answer.error === 'unknown_patient') return sendPage(reply, { ...noSuchPage(), visitor }, 404)

    const { role } = visitor.person
    if (answer.error === 'role_required') return sendPage(reply, noRolePage(visitor))
    if (answer.error === 'organisation_required' && role) return sendPage(reply, wrongPlacePage(visitor, role), 403)
    if (answer.error === 'activity_required' && role) return sendPage(reply, wrongRolePage(visitor, role), 403)
    throw new Error(`the API of the ward refused with ${answer.error}`)
  }

  const showList = (visit: Visit) => show(visit, ward.list(visit.session.accessToken), listPage)
  const showRecord = (visit: Visit) =>
    show(visit, ward.record(visit.session.accessToken, patientOf(visit.request)), recordPage)

  return [
    { method: 'GET', url: '/', handler: forLoggedIn(showList) },
    { method: 'GET', url: '/patients/:id', handler: forLoggedIn(showRecord) },
  ]
}

const patientOf = (request: FastifyRequest) => (request.params as { id: string }).id
