import { type Static, Type } from 'typebox'
import { AuthenticatorKind } from './authenticators.ts'
import { closed, Moment, TwelveDigits } from './common.ts'

/** Certification levels of the FIDO Alliance, the lowest first (FIDO Metadata Service v3 §3.1.4). */
export const certificationLevels = ['L1', 'L1plus', 'L2', 'L2plus', 'L3', 'L3plus'] as const
export type CertificationLevel = (typeof certificationLevels)[number]
export const CertificationLevel = Type.Unsafe<CertificationLevel>({ type: 'string', enum: [...certificationLevels] })

const Aaguid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
/** Twice as many as the FIDO Alliance's metadata has. Every log in of everybody below reads them. */
const mostModels = 1_000

/**
 * What may be used to log in. Everything left out demands nothing; where several policies apply, each demand of each of
 * them holds.
 */
export const AuthenticatorPolicy = Type.Object(
  {
    kinds: Type.Optional(Type.Array(AuthenticatorKind, { description: 'The only kinds allowed.', uniqueItems: true })),
    synced: Type.Optional(Type.Union([Type.Literal('allowed'), Type.Literal('refused')])),
    attestation: Type.Optional(Type.Union([Type.Literal('optional'), Type.Literal('required')])),
    allowAaguids: Type.Optional(
      Type.Array(Aaguid, { description: 'The only models allowed.', uniqueItems: true, maxItems: mostModels }),
    ),
    denyAaguids: Type.Optional(Type.Array(Aaguid, { uniqueItems: true, maxItems: mostModels })),
    minimumCertification: Type.Optional(CertificationLevel),
    prohibitedStatuses: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Z0-9_]{1,64}$' }), {
        description: 'Status reports besides those of revocation and compromise, which are always prohibited.',
        uniqueItems: true,
        maxItems: 100,
      }),
    ),
    maximumUnusedDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
    minimumAssuranceLevel: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
    minimumIdentityLevel: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
    copiedKey: Type.Optional(
      Type.Union([Type.Literal('suspend'), Type.Literal('refuse')], {
        description:
          'What becomes of a key whose counter says that it was copied. It is paused unless `refuse` is said.',
      }),
    ),
  },
  { ...closed, title: 'AuthenticatorPolicy' },
)
export type AuthenticatorPolicy = Static<typeof AuthenticatorPolicy>

const policyScopes = ['service', 'organisation', 'client'] as const
export type PolicyScope = (typeof policyScopes)[number]

/** Whose rules they are. */
export const PolicyPlace = Type.Object(
  {
    scope: Type.Unsafe<PolicyScope>({ type: 'string', enum: [...policyScopes] }),
    id: Type.String({
      description: 'The code of an organisation or the id of a client; `all` for the service.',
      pattern: '^[\\x21-\\x7e]+$',
      maxLength: 200,
    }),
  },
  closed,
)
export type PolicyPlace = Static<typeof PolicyPlace>

const Version = Type.Integer({ minimum: 0, description: 'Grows with every change; 0 before the first.' })

export const StoredPolicy = Type.Object(
  {
    ...PolicyPlace.properties,
    name: Type.String({ description: 'Of the organisation or the application.' }),
    policy: AuthenticatorPolicy,
    version: Version,
    updatedAt: Moment,
    mayChange: Type.Boolean(),
  },
  { ...closed, title: 'StoredPolicy' },
)
export type StoredPolicy = Static<typeof StoredPolicy>

/** A model of authenticator, by what people call it. */
export const NamedModel = Type.Object({ aaguid: Aaguid, name: Type.String() }, closed)
export type NamedModel = Static<typeof NamedModel>

export const FindModels = Type.Object({ search: Type.String({ minLength: 2, maxLength: 100 }) }, closed)
export type FindModels = Static<typeof FindModels>

export const FoundModels = Type.Object(
  { models: Type.Array(NamedModel, { description: 'The first 20 of them.', maxItems: 20 }) },
  closed,
)
export type FoundModels = Static<typeof FoundModels>

export const PolicyList = Type.Object(
  {
    policies: Type.Array(StoredPolicy),
    models: Type.Array(NamedModel, { description: 'Those that the policies name, where they are known.' }),
  },
  closed,
)
export type PolicyList = Static<typeof PolicyList>

/** The rules of one place, and all else that holds there; version 0 where it has none of its own. */
export const PolicyAtPlace = Type.Object(
  {
    ...PolicyPlace.properties,
    name: Type.String(),
    policy: AuthenticatorPolicy,
    version: Version,
    updatedAt: Type.Union([Moment, Type.Null()]),
    mayChange: Type.Boolean(),
    above: Type.Array(
      Type.Object({ ...PolicyPlace.properties, name: Type.String(), policy: AuthenticatorPolicy }, closed),
      { description: 'Those of the service and of the organisations above, which hold there too.' },
    ),
    models: Type.Array(NamedModel),
  },
  { ...closed, title: 'PolicyAtPlace' },
)
export type PolicyAtPlace = Static<typeof PolicyAtPlace>

export const PreviewPolicy = Type.Object({ ...PolicyPlace.properties, policy: AuthenticatorPolicy }, closed)
export type PreviewPolicy = Static<typeof PreviewPolicy>

/** Somebody who could not log in any more, or not to that application. */
export const LockedOut = Type.Object({ staffId: TwelveDigits, name: Type.String() }, closed)
export type LockedOut = Static<typeof LockedOut>

/** What a change would do, and what to give back when it is saved. */
export const PolicyPreview = Type.Object(
  {
    version: Version,
    count: Type.Integer({ minimum: 0 }),
    lockedOut: Type.Array(LockedOut, { description: 'The first 100 of them.', maxItems: 100 }),
  },
  { ...closed, title: 'PolicyPreview' },
)
export type PolicyPreview = Static<typeof PolicyPreview>

export const SavePolicy = Type.Object(
  {
    policy: AuthenticatorPolicy,
    version: Version,
    acknowledged: Type.Integer({ minimum: 0, description: 'How many people it locks out, as the preview said.' }),
  },
  { ...closed, title: 'SavePolicy' },
)
export type SavePolicy = Static<typeof SavePolicy>

export const SavedPolicy = Type.Object({ version: Version }, closed)
export type SavedPolicy = Static<typeof SavedPolicy>
