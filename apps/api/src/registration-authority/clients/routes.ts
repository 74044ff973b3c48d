import {
  AddClientSecret,
  AddedClientSecret,
  ApiList,
  CheckClient,
  CheckedClient,
  ClientList,
  ClientParams,
  ClientSecretParams,
  DefineApi,
  DeskClient,
  FindClients,
  RegisterClient,
  RegisteredClient,
  ReplaceClient,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { checkClient } from './check-client.ts'
import { clientDeeds } from './deeds.ts'

const look = 'desk:manage-clients'
const change = 'fresh desk:manage-clients'

const rows = (deps: Deps, deeds: ReturnType<typeof clientDeeds>): Route[] => [
  route(
    'GET /api/desk/clients',
    look,
    { summary: 'List the applications, by name.', querystring: FindClients, response: ClientList },
    deps.clients.findClients,
  ),
  route(
    'GET /api/desk/clients/:id',
    look,
    { summary: 'Show an application.', params: ClientParams, response: DeskClient },
    ({ id }) => deps.clients.showClient(id),
  ),
  route(
    'POST /api/desk/clients',
    change,
    {
      summary: 'Register an application. Every fault is named at once; its secret is shown once.',
      body: RegisterClient,
      response: RegisteredClient,
    },
    deeds.registerClient,
  ),
  route(
    'POST /api/desk/clients/preview',
    look,
    {
      summary: 'Look at a registration without keeping it. Every fault is named, and whether it takes two people.',
      body: CheckClient,
      response: CheckedClient,
    },
    checkClient(deps),
  ),
  route(
    'PUT /api/desk/clients/:id',
    change,
    {
      summary: 'Change the whole registration of an application, as it was at a version.',
      params: ClientParams,
      body: ReplaceClient,
      response: RegisteredClient,
    },
    deeds.replaceClient,
  ),
  route(
    'POST /api/desk/clients/:id/disable',
    change,
    { summary: 'Disable an application. What it was given is refused at once.', params: ClientParams },
    deeds.disableClient,
  ),
  route(
    'POST /api/desk/clients/:id/enable',
    change,
    { summary: 'Enable an application again.', params: ClientParams },
    deeds.enableClient,
  ),
  route(
    'POST /api/desk/clients/:id/secrets',
    change,
    {
      summary: 'Give an application another secret, shown once. Its older ones end after the overlap.',
      params: ClientParams,
      body: AddClientSecret,
      response: AddedClientSecret,
    },
    deeds.addClientSecret,
  ),
  route(
    'POST /api/desk/clients/:id/secrets/:secretId/end',
    change,
    { summary: 'End a secret of an application at once.', params: ClientSecretParams },
    deeds.endClientSecret,
  ),
  route('GET /api/desk/apis', look, { summary: 'List the APIs.', response: ApiList }, async () => ({
    apis: await deps.clients.listApis(),
  })),
  route(
    'POST /api/desk/apis',
    change,
    { summary: 'Define an API that tokens can be issued for, or change it.', body: DefineApi },
    deeds.defineApi,
  ),
]

/** The desk's routes to the applications that people log in to. */
export const clientRoutes = (deps: Deps): Route[] => rows(deps, clientDeeds(deps))
