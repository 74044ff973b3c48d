import { type Static, Type } from 'typebox'
import { closed, Moment, Uuid } from './common.ts'

/** Whether this browser is marked as one that several people use. */
export const SharedDevice = Type.Object({ shared: Type.Boolean() }, { ...closed, title: 'SharedDevice' })
export type SharedDevice = Static<typeof SharedDevice>

const place = {
  idle: Type.Boolean({
    description: 'Nothing happened there for so long that it opens nothing more; its applications may still be open.',
  }),
  shared: Type.Boolean({ description: 'Whether other people use that device.' }),
  device: Type.String({ description: 'As its browser says, such as "Chrome on Windows".' }),
  way: Type.String({ description: 'The name of what they logged in with.' }),
  role: Type.Union([Type.Object({ position: Type.String(), organisation: Type.String() }, closed), Type.Null()]),
  since: Moment,
  lastUsedAt: Moment,
  applications: Type.Array(Type.Object({ name: Type.String(), lastUsedAt: Moment }, closed)),
}

/** One place where a person is logged in: a browser, and the applications that were opened from it. */
export const LoggedInPlace = Type.Object(place, { ...closed, title: 'LoggedInPlace' })
export type LoggedInPlace = Static<typeof LoggedInPlace>

/** One of one's own. */
export const MySession = Type.Object(
  { id: Uuid, here: Type.Boolean({ description: 'Whether it is the session that asks.' }), ...place },
  { ...closed, title: 'MySession' },
)
export type MySession = Static<typeof MySession>

/** This one first, and then the one that was used last. */
export const MySessions = Type.Object({ sessions: Type.Array(MySession) }, { ...closed, title: 'MySessions' })
export type MySessions = Static<typeof MySessions>

export const SessionParams = Type.Object({ id: Uuid }, closed)

export const EndedSessions = Type.Object({ ended: Type.Integer({ minimum: 0 }) }, { ...closed, title: 'EndedSessions' })
export type EndedSessions = Static<typeof EndedSessions>

export const loggedOutWhys = ['idle', 'expired', 'signed-out', 'elsewhere', 'replaced', 'device', 'desk'] as const

/** Why a browser that had a session has none any more; null where nobody knows, or it was long ago. */
export const LoggedOutWhy = Type.Union([
  Type.Unsafe<(typeof loggedOutWhys)[number]>({ type: 'string', enum: [...loggedOutWhys] }),
  Type.Null(),
])
export type LoggedOutWhy = Static<typeof LoggedOutWhy>

export const EndedSession = Type.Object(
  {
    why: LoggedOutWhy,
    minutes: Type.Union([Type.Integer(), Type.Null()], {
      description: 'What was over, where it was a matter of time.',
    }),
  },
  { ...closed, title: 'EndedSession' },
)
export type EndedSession = Static<typeof EndedSession>
