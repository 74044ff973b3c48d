import type { Person } from '#people'
import type { Deps } from '../deps.ts'
import { type Passkey, passkeyOf } from './passkey.ts'
import { emailOfPersona, type Persona, type PersonaDevice, personas, sandboxCode } from './personas.ts'
import { registerWith } from './register.ts'

type Enrolling = Pick<
  Deps,
  | 'store'
  | 'inTransaction'
  | 'now'
  | 'personaKey'
  | 'issuer'
  | 'rpId'
  | 'enrolment'
  | 'registrationAuthority'
  | 'addAnchor'
>

interface Lacking {
  staffId: Person['staffId']
  device: PersonaDevice
  passkey: Passkey
}

/** The devices of personas that are not set up yet. */
const lackingOf = async ({ store, personaKey }: Enrolling): Promise<Lacking[]> => {
  const people = await store.findByEmail(personas.map(emailOfPersona))
  const all = personas.flatMap((persona: Persona) =>
    persona.devices.map((device) => ({
      device,
      passkey: passkeyOf(personaKey, persona.key, device),
      staffId: people.find(({ email }) => email === emailOfPersona(persona))?.staffId ?? '',
    })),
  )
  const known = await store.knownCredentials(all.map(({ passkey }) => passkey.credentialId))
  return all.filter(({ staffId, passkey }) => staffId && !known.has(passkey.credentialId.toString('base64url')))
}

/** Loads what issues certificates for this once: a service that serves has no use for it. */
const newAuthority = async (now: Date) => (await import('./authority.ts')).makeAuthority(now)

/**
 * Sets up the devices that personas lack, by links and registrations like anybody's: what they are worth is judged, and
 * claimed nowhere. Those that are strong are vouched for by an authority that is made for it, and is an anchor for people
 * of the sandbox alone.
 */
export const enrolPersonas = (deps: Enrolling): Promise<void> =>
  // Each registration is a transaction of its own; this one is only there to hold the lock.
  deps.inTransaction(async (tx) => {
    await deps.store.lockPersonas(tx)
    await enrolLacking(deps)
  })

const enrolLacking = async (deps: Enrolling): Promise<void> => {
  const lacking = await lackingOf(deps)
  const isStrong = ({ device }: Lacking) => device === 'strong'
  const authority = lacking.some(isStrong) ? await newAuthority(deps.now()) : undefined
  if (authority) {
    const anchor = { name: 'The sandbox (fictional)', organisationCode: sandboxCode, hardware: true, platform: null }
    await deps.addAnchor({ ...anchor, pem: authority.rootPem })
  }
  for (const each of lacking) {
    const { url } = await deps.registrationAuthority.inviteByCommand(each.staffId, 'in-person')
    const code = new URL(url).hash.slice(1)
    const { challenge } = await deps.enrolment.begin({ code })
    const asked = { challenge, origin: deps.issuer, rpId: deps.rpId }
    const response = registerWith(each.passkey, asked, isStrong(each) ? authority : undefined)
    await deps.enrolment.finish({ code, response, onIPad: false }, { requestId: 'sandbox', userAgent: undefined })
  }
}
