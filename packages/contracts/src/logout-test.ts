import { type Static, Type } from 'typebox'
import { ClientId } from './clients.ts'
import { closed } from './common.ts'

/** The applications, and where each is told of logouts; null for those that are not. */
export const LogoutTestApplications = Type.Object(
  {
    applications: Type.Array(
      Type.Object(
        { id: Type.String(), name: Type.String(), address: Type.Union([Type.String(), Type.Null()]) },
        closed,
      ),
    ),
  },
  { ...closed, title: 'LogoutTestApplications' },
)
export type LogoutTestApplications = Static<typeof LogoutTestApplications>

export const TestLogout = Type.Object(
  {
    client: ClientId,
    whose: Type.Unsafe<'mine' | 'nobody'>({
      type: 'string',
      enum: ['mine', 'nobody'],
      description: 'Whose session the token names: yours in this browser, which lasts, or one that never was.',
    }),
  },
  closed,
)
export type TestLogout = Static<typeof TestLogout>

/** A logout token that was sent to try an application, and what came back. */
export const LogoutTest = Type.Object(
  {
    address: Type.String(),
    header: Type.String({ description: "The token's header, as JSON." }),
    claims: Type.String({ description: "The token's claims, as JSON." }),
    verdict: Type.Unsafe<'taken' | 'refused' | 'again'>({
      type: 'string',
      enum: ['taken', 'refused', 'again'],
      description: 'What would come of a real one: done, given up, or sent again later.',
    }),
    meaning: Type.String({ description: 'The same in plain words.' }),
    answer: Type.Union([
      Type.Object({ status: Type.Integer(), body: Type.String({ description: 'Its beginning.' }) }, closed),
      Type.Null(),
    ]),
    milliseconds: Type.Integer(),
  },
  { ...closed, title: 'LogoutTest' },
)
export type LogoutTest = Static<typeof LogoutTest>
