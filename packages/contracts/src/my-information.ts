import { type Static, type TSchema, Type } from 'typebox'
import { closed, Moment, TwelveDigits } from './common.ts'
import { KeptDocument } from './desk-people.ts'
import { Day, oneOf, Profession, proofMethods } from './people.ts'

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** What is held about whoever asks. */
export const MyInformation = Type.Object(
  {
    staffId: TwelveDigits,
    title: orNull(Type.String()),
    givenName: Type.String(),
    middleNames: orNull(Type.String()),
    familyName: Type.String(),
    birthDate: orNull(Day),
    email: orNull(Type.String()),
    phone: orNull(Type.String()),
    externalId: orNull(Type.String()),
    identity: Type.Object(
      {
        level: Type.Integer({ minimum: 1, maximum: 3 }),
        how: orNull(oneOf(proofMethods)),
        provedAt: orNull(Moment),
        evidence: Type.Array(Type.Omit(KeptDocument, ['level', 'provedBy'])),
      },
      closed,
    ),
    professions: Type.Array(Profession),
    organisations: Type.Array(Type.Object({ code: Type.String(), name: Type.String() }, closed)),
    positions: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          organisation: Type.String(),
          state: oneOf(['planned', 'now', 'over']),
          startsAt: Moment,
          expiresAt: orNull(Moment),
        },
        closed,
      ),
    ),
    waysToLogIn: Type.Array(Type.String({ description: 'What they call each.' })),
    createdAt: Moment,
    updatedAt: Moment,
  },
  { ...closed, title: 'MyInformation' },
)
export type MyInformation = Static<typeof MyInformation>

/** `after` is `next` of the page before. */
export const ListMyEvents = Type.Object(
  {
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })),
  },
  closed,
)
export type ListMyEvents = Static<typeof ListMyEvents>

/** Something that whoever asks did, or that was done to them. */
export const MyEvent = Type.Object(
  {
    at: Moment,
    type: Type.String(),
    outcome: oneOf(['done', 'refused']),
    mine: Type.Boolean({ description: 'Whether they did it themselves.' }),
    by: orNull(
      Type.Object(
        { name: Type.String(), role: orNull(Type.String()) },
        { ...closed, description: 'Who did it, where somebody else did.' },
      ),
    ),
    application: orNull(Type.String()),
    fields: Type.Array(Type.String(), { description: 'Which details were changed.' }),
  },
  closed,
)
export type MyEvent = Static<typeof MyEvent>

/** The newest first. */
export const MyEvents = Type.Object(
  { rows: Type.Array(MyEvent), next: orNull(Type.String()) },
  { ...closed, title: 'MyEvents' },
)
export type MyEvents = Static<typeof MyEvents>

/** Everything that is held about a person, to take along (UK GDPR articles 15 and 20). Its members are described in docs. */
export const PersonalExport = Type.Record(Type.String(), Type.Unknown(), { title: 'PersonalExport' })
export type PersonalExport = Static<typeof PersonalExport>
