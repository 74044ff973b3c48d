import { AuthenticatorPolicy, CertificationLevel } from '@fobwatch/contracts'
import { type Static, type TSchema, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Level = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])
const oneOrMore = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Array(schema)])
const text = Type.String({ minLength: 1 })

/** A trust anchor: a certificate, and what an operator would say of it when adding it. */
const AnchorGiven = Type.Union([
  text,
  Type.Object(
    { pem: text, hardware: Type.Optional(Type.Boolean()), platform: Type.Optional(Type.Literal('ios')) },
    closed,
  ),
])

/** Closed: a demand that nobody knows cannot be judged, and must not be passed over. */
const Policy = Type.Object(
  {
    ...AuthenticatorPolicy.properties,
    userVerification: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional')])),
    topOrigins: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)

const Facts = Type.Object({
  keyProtection: Type.Union([Type.Literal('hardware'), Type.Literal('software'), Type.Literal('unknown')]),
  methods: Type.Array(Type.String()),
  smartcard: Type.Boolean(),
  certification: Type.Union([CertificationLevel, Type.Null()]),
  statuses: Type.Array(Type.String()),
  platform: Type.Union([Type.Literal('ios'), Type.Null()]),
})

/** As it is stored with an authenticator. */
const Trust = Type.Union([
  Type.Object({
    by: Type.Union([Type.Literal('none'), Type.Literal('self'), Type.Literal('untrusted')]),
    facts: Type.Optional(Type.Null()),
  }),
  Type.Object({ by: Type.Union([Type.Literal('organisation'), Type.Literal('metadata')]), facts: Facts }),
])

const Binding = Type.Object({
  by: Type.Union(['in-person', 'video', 'link', 'session', 'command'].map((act) => Type.Literal(act))),
  level: Level,
})

const common = {
  rpId: text,
  origin: oneOrMore(text),
  challenge: text,
  /** Read by the contract of the service, once the case is. */
  response: Type.Record(Type.String(), Type.Unknown()),
  time: Type.Optional(Type.String()),
  policy: Type.Optional(Policy),
  trustAnchors: Type.Optional(oneOrMore(AnchorGiven)),
  mds: Type.Optional(text),
  mdsRoots: Type.Optional(oneOrMore(text)),
  mdsSigner: Type.Optional(text),
  binding: Type.Optional(Binding),
  identityLevel: Type.Optional(Level),
}

/** What members of a case mean, docs/explain.md says. Those that have no meaning here may be there too, and the report says so. */
export const RegistrationGiven = Type.Object({ ...common, userAgent: Type.Optional(Type.String()) })
export type RegistrationGiven = Static<typeof RegistrationGiven>

export const AssertionGiven = Type.Object({
  ...common,
  credential: Type.Object({
    id: text,
    publicKey: text,
    counter: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }),
    backupEligible: Type.Boolean(),
    userHandle: Type.Optional(Type.String()),
    format: Type.Optional(Type.String()),
    aaguid: Type.Optional(Type.String()),
    transports: Type.Optional(Type.Array(Type.String())),
    trust: Type.Optional(Trust),
    lastUsedAt: Type.Optional(Type.String()),
  }),
})
export type AssertionGiven = Static<typeof AssertionGiven>
