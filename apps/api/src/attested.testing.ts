import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuthenticatorPolicy } from '@fobwatch/contracts'
import {
  attestationRootPem,
  createMetadataAuthority,
  createSoftwareAuthenticator,
  type SoftwareAuthenticator,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import { sql, type TestService } from './service.testing.ts'

const publisher = createMetadataAuthority({ algorithm: 'ES256' })

/** The environment of a service that believes the publisher of these tests. */
export const believingPublisher = (): Record<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'fobwatch-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'roots.pem')
  writeFileSync(file, publisher.rootPem)
  return { FOBWATCH_METADATA_ROOTS_FILE: file, FOBWATCH_METADATA_SIGNER: publisher.hostName }
}

let models = 0

/** The AAGUID of a model that no other test has. */
export const newAaguid = (): string => {
  models += 1
  return `a55a0000-0000-4000-8000-${String(models).padStart(12, '0')}`
}

let numbers = 0

/** Publishes metadata, newer than any before. @param nextUpdate a day, `YYYY-MM-DD` */
export const publishMetadata = ({ rooms }: TestService, entries: object[], nextUpdate = '2099-01-01') => {
  numbers += 1
  return rooms.assurance.loadMetadata(publisher.signBlob({ number: numbers, nextUpdate, entries }))
}

/** Trusts the maker of the testkit's authenticators, everywhere or for one organisation. */
export const trustMaker = (
  { rooms }: TestService,
  { organisationCode, platform = null }: { organisationCode?: string; platform?: 'ios' | null } = {},
): Promise<string> =>
  rooms.assurance.addAnchor({
    name: 'Test maker',
    pem: attestationRootPem,
    organisationCode,
    hardware: true,
    platform,
  })

/** A security key that says who made it. */
export const attestedKey = (options: SoftwareAuthenticatorOptions = {}): SoftwareAuthenticator =>
  createSoftwareAuthenticator({ attestation: 'packed', transports: ['usb'], ...options })

/** Lays down a rule, in the place of the one there was. */
export const setPolicy = (service: TestService, scope: string, scopeId: string, policy: AuthenticatorPolicy) =>
  sql(
    service,
    `insert into authenticator_policy (scope, scope_id, policy, version, updated_at) values ($1, $2, $3, 1, now())
     on conflict (scope, scope_id) do update set policy = excluded.policy`,
    ...[scope, scopeId, JSON.stringify(policy)],
  )

export const clearPolicies = (service: TestService) => sql(service, 'delete from authenticator_policy')
