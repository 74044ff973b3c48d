import { type Static, Type } from 'typebox'
import { Base64Url, closed, TwelveDigits } from './common.ts'

const Device = Type.Union([Type.Literal('standard'), Type.Literal('strong')])

/** A fictional person of the sandbox, whom testers can be. */
export const Persona = Type.Object(
  {
    persona: Type.String(),
    name: Type.String(),
    staffId: TwelveDigits,
    identityLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    devices: Type.Array(Device, { description: 'Standard: AAL2. Strong: AAL3.' }),
    roles: Type.Integer({ description: 'How many they have to choose from.' }),
  },
  { ...closed, title: 'Persona' },
)
export type Persona = Static<typeof Persona>

export const PersonaList = Type.Object({ personas: Type.Array(Persona) }, closed)
export type PersonaList = Static<typeof PersonaList>

export const PersonaParams = Type.Object({ persona: Type.String({ pattern: '^[a-z]{1,20}$' }) }, closed)

/** A challenge of signing in, to be answered by a device of the persona's: the first unless it is named. */
export const UsePersona = Type.Object({ challenge: Base64Url(64), device: Type.Optional(Device) }, closed)
export type UsePersona = Static<typeof UsePersona>
