import {
  AddAuthenticator,
  Authenticator,
  AuthenticatorId,
  AuthenticatorList,
  CreationOptions,
  RemoveAuthenticator,
  RenameAuthenticator,
} from '@fobwatch/contracts'
import { type Input, type Output, type Route, route, type Visit } from '#http'

const list = { summary: 'Your ways to log in.', response: AuthenticatorList }
const begin = { summary: 'Begins adding a way to log in.', response: CreationOptions }
const finish = { summary: 'Adds a way to log in.', body: AddAuthenticator, response: Authenticator }
const rename = {
  summary: 'Renames one of your ways to log in.',
  params: AuthenticatorId,
  body: RenameAuthenticator,
  response: AuthenticatorList,
}
const remove = {
  summary: 'Removes one of your ways to log in. Sessions that were opened with it are over at once.',
  params: AuthenticatorId,
  body: RemoveAuthenticator,
  response: AuthenticatorList,
}

const lost = {
  summary: 'Pauses one of your ways to log in that is lost. Sessions that were opened with it are over at once.',
  params: AuthenticatorId,
  response: AuthenticatorList,
}
const found = {
  summary: 'Ends the pause of one of your ways to log in that you had lost.',
  params: AuthenticatorId,
  response: AuthenticatorList,
}

export interface AuthenticatorVerbs {
  listMine: (input: Input<typeof list>, visit: Visit) => Promise<Output<typeof list>>
  beginAdding: (input: Input<typeof begin>, visit: Visit) => Promise<Output<typeof begin>>
  finishAdding: (input: Input<typeof finish>, visit: Visit) => Promise<Output<typeof finish>>
  renameMine: (input: Input<typeof rename>, visit: Visit) => Promise<Output<typeof rename>>
  removeMine: (input: Input<typeof remove>, visit: Visit) => Promise<Output<typeof remove>>
  reportLost: (input: Input<typeof lost>, visit: Visit) => Promise<Output<typeof lost>>
  reportFound: (input: Input<typeof found>, visit: Visit) => Promise<Output<typeof found>>
}

/** The room's table of routes. */
export const authenticatorRoutes = (verbs: AuthenticatorVerbs): Route[] => [
  route('GET /api/authenticators', 'signed-in', list, verbs.listMine),
  route('POST /api/authenticators/options', 'fresh', begin, verbs.beginAdding),
  route('POST /api/authenticators', 'fresh', finish, verbs.finishAdding),
  route('PATCH /api/authenticators/:id', 'signed-in', rename, verbs.renameMine),
  route('DELETE /api/authenticators/:id', 'fresh', remove, verbs.removeMine),
  route('POST /api/authenticators/:id/lost', 'signed-in', lost, verbs.reportLost),
  route('POST /api/authenticators/:id/found', 'fresh', found, verbs.reportFound),
]
