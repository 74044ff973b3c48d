import type { AccessClaims, IdClaims, Role } from '@fobwatch/token-verifier'

/** Who is logged in, as pages show it. */
export type Person = {
  name: string
  staffId: string
  /** Absent for someone with no role. */
  role: Role | undefined
  /** 1 to 3: how well it was proved who this person is. */
  identityLevel: number | undefined
  /** 1 to 3: how sure it is that the person who logged in is the one. */
  checkLevel: number | undefined
  /** Why the check is what it is: each reads on after "because". */
  reasons: readonly string[]
  /** The class of the check, in CIS2's words. */
  acr: string | undefined
  /** How it was done (RFC 8176). */
  amr: readonly string[]
  /** Seconds since 1970. */
  checkedAt: number | undefined
}

/** Takes what pages show out of the claims; what is absent or not as it should be is left out, and never guessed. */
export const personOf = (id: IdClaims, access: AccessClaims): Person => ({
  name: textOf(id['name']) ?? id.sub,
  staffId: id.sub,
  role: access.role,
  identityLevel: levelOf(id['id_assurance_level']),
  checkLevel: levelOf(id['authentication_assurance_level']),
  reasons: textsOf(id['assurance_reasons']),
  acr: textOf(id['acr']),
  amr: textsOf(id['amr']),
  checkedAt: id.auth_time,
})

const textOf = (claim: unknown) => (typeof claim === 'string' && claim !== '' ? claim : undefined)

const textsOf = (claim: unknown) => (Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : [])

/** Levels come as integers, and from CIS2 itself sometimes as strings. */
const levelOf = (claim: unknown) => [1, 2, 3].find((level) => String(claim) === String(level))
