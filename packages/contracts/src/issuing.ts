import { type Static, Type } from 'typebox'
import { AuthenticatorKind } from './authenticators.ts'
import { closed, Moment, TwelveDigits, Uuid } from './common.ts'
import { PlannedDevice } from './enrolment.ts'

/** How a way to set up a device is handed over: a link, a code read aloud, or a pass for whoever has no device. */
export const Channel = Type.Union([Type.Literal('link'), Type.Literal('code'), Type.Literal('pass')])
export type Channel = Static<typeof Channel>

/** How the agent saw the person it is for, if they did. */
export const HowIssued = Type.Union([Type.Literal('in-person'), Type.Literal('video'), Type.Literal('link')], {
  description: 'In person, on a video call, or on their own.',
})

/** What is to be handed over, as it is asked for. */
export const AskedInvitation = Type.Object(
  {
    how: HowIssued,
    channel: Type.Optional(Channel),
    device: Type.Optional(PlannedDevice),
    lifetimeHours: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 168, description: 'Of a link, 24 unless said. Nothing else has a choice.' }),
    ),
    byMail: Type.Optional(Type.Boolean({ description: 'Mail the link, so that nobody but its person sees it.' })),
  },
  closed,
)
export type AskedInvitation = Static<typeof AskedInvitation>

export const IssueInvitation = Type.Object(
  {
    ...AskedInvitation.properties,
    request: Type.Optional({ ...Uuid, description: 'Of a second person who approved it, where that is needed.' }),
  },
  closed,
)
export type IssueInvitation = Static<typeof IssueInvitation>

/** Shown once: only a hash of the code is kept. */
export const IssuedInvitation = Type.Object(
  {
    id: Uuid,
    channel: Channel,
    url: Type.Union([Type.String(), Type.Null()], { description: 'Of a link that is not mailed.' }),
    code: Type.Union([Type.String(), Type.Null()], { description: 'Eight characters, of a code or a pass.' }),
    expiresAt: Moment,
    mailed: Type.Boolean(),
  },
  { ...closed, title: 'IssuedInvitation' },
)
export type IssuedInvitation = Static<typeof IssuedInvitation>

/** What became of one. */
export const InvitationState = Type.Union([
  Type.Literal('open'),
  Type.Literal('used'),
  Type.Literal('expired'),
  Type.Literal('replaced'),
])

/** A link, code or pass as the desk lists it. */
export const SentLink = Type.Object(
  {
    id: Uuid,
    channel: Channel,
    how: HowIssued,
    device: Type.Union([PlannedDevice, Type.Null()]),
    createdAt: Moment,
    expiresAt: Moment,
    state: InvitationState,
  },
  closed,
)
export type SentLink = Static<typeof SentLink>

export const InvitationParams = Type.Object({ staffId: TwelveDigits, id: Uuid }, closed)

/** One as it stands at this moment, for whoever waits for it. */
export const InvitationStatus = Type.Object(
  {
    ...SentLink.properties,
    mailed: Type.Boolean(),
    enteredAt: Type.Union([Moment, Type.Null()], { description: 'When the code was typed in.' }),
    openedAt: Type.Union([Moment, Type.Null()], { description: 'First; a mail program may have done it.' }),
    boxAt: Type.Union([Moment, Type.Null()], { description: "When the browser's box was opened last." }),
    usedAt: Type.Union([Moment, Type.Null()]),
    wrongTries: Type.Integer(),
    undone: Type.Boolean({ description: 'Another kind of device was set up first, and undone.' }),
    setUp: Type.Union([
      Type.Object({ name: Type.String(), kind: AuthenticatorKind, assuranceLevel: Type.Integer() }, closed),
      Type.Null(),
    ]),
  },
  { ...closed, title: 'InvitationStatus' },
)
export type InvitationStatus = Static<typeof InvitationStatus>
