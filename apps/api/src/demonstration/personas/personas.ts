import type { PositionKey } from '../cast.ts'

/** What a persona logs in with: a passkey of no known maker, or one that the sandbox's own authority vouches for. */
export type PersonaDevice = 'standard' | 'strong'

/** Somebody who never was, for whoever tries an application: each is one case that it must cope with. */
export interface Persona {
  /** A plant, in small letters: what it is called by. */
  key: string
  givenName: string
  identityLevel: 1 | 2 | 3
  devices: readonly PersonaDevice[]
  positions: readonly PositionKey[]
}

/** Everybody's, so that nobody takes one for a person. */
export const familyName = 'Sandbox'

/** Where they all work, and whose people the sandbox's authority vouches for, and nobody else's. */
export const sandboxCode = 'ZZX09'

const many: readonly PositionKey[] = [
  'sandboxNurse',
  'sandboxPractitioner',
  'sandboxTherapist',
  'sandboxStudent',
  'sandboxSecretary',
  'sandboxClerk',
  'sandboxSystems',
]

// biome-ignore format: a table is read by its columns
export const personas: readonly Persona[] = [
  { key: 'aster', givenName: 'Aster', identityLevel: 1, devices: ['standard'], positions: [] },
  { key: 'bracken', givenName: 'Bracken', identityLevel: 2, devices: ['standard'], positions: ['sandboxNurse'] },
  { key: 'clover', givenName: 'Clover', identityLevel: 3, devices: ['standard'], positions: ['sandboxNurse', 'sandboxClerk'] },
  { key: 'dahlia', givenName: 'Dahlia', identityLevel: 1, devices: ['strong'], positions: ['sandboxNurse'] },
  { key: 'elder', givenName: 'Elder', identityLevel: 2, devices: ['strong'], positions: ['sandboxPractitioner', 'sandboxNurse'] },
  { key: 'fennel', givenName: 'Fennel', identityLevel: 3, devices: ['strong'], positions: many },
  { key: 'gorse', givenName: 'Gorse', identityLevel: 3, devices: ['strong'], positions: [] },
  // Asked for a stronger check, this one has what it takes.
  { key: 'hazel', givenName: 'Hazel', identityLevel: 3, devices: ['standard', 'strong'], positions: ['sandboxNurse'] },
]

/** A reserved domain (RFC 2606). */
export const emailOfPersona = ({ key }: Pick<Persona, 'key'>): string => `${key}@sandbox.example`
