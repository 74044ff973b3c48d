/**
 * The testkit: what tests and benchmarks need and the service never carries. An authenticator in software, which answers
 * both WebAuthn ceremonies on nothing but Node's own cryptography and misbehaves in exactly the ways it is told; a clock
 * that moves by hand; a migrated database per test file, copied from a template and thrown away; a cookie-keeping client
 * that behaves like a browser towards a running service; makers of authenticators with roots of their own, and a publisher
 * of metadata about their models.
 *
 *     const person = createSoftwareAuthenticator({ attestation: 'packed' })
 *     const registration = person.register(creationOptions, { origin })
 *     const assertion = person.authenticate(requestOptions, { origin, misbehave: { userVerified: false } })
 *
 * Invariant: what an authenticator gets wrong is what `misbehave` names and nothing besides. Faults come before the
 * signature, so that a verifier which overlooks one has no other reason to refuse; a fault that could have no effect is
 * an error.
 */
export { testAaguid } from './authenticator/aaguid.ts'
export type { Attestation } from './authenticator/attestation.ts'
export {
  type AttestationAuthority,
  type AttestationAuthorityOptions,
  type AttestationKey,
  createAttestationAuthority,
} from './authenticator/attestation-authority.ts'
export type { AuthenticationCeremony } from './authenticator/authenticate.ts'
export { type CborMap, type CborValue, encodeCbor } from './authenticator/cbor.ts'
export { type CertificateContents, type Extension, extensionId } from './authenticator/certificate.ts'
export type {
  CertificateAuthority,
  CertificateAuthorityOptions,
  IntermediateOptions,
} from './authenticator/certificate-authority.ts'
export { type CoseAlgorithm, coseAlgorithm, type MakersAlgorithm, makersAlgorithm } from './authenticator/cose.ts'
export type {
  AuthenticationMisbehaviour,
  KeyDescription,
  RegistrationMisbehaviour,
  SignatureFault,
} from './authenticator/misbehaviour.ts'
export type { RegistrationCeremony } from './authenticator/register.ts'
export {
  attestationAuthority,
  attestationRootPem,
  createSoftwareAuthenticator,
  type HeldCredential,
  type SoftwareAuthenticator,
  type SoftwareAuthenticatorOptions,
} from './authenticator/software-authenticator.ts'
export { keystore } from './authenticator/statements/android-key.ts'
export { tpmExtension } from './authenticator/statements/tpm.ts'
export type { UnsoundKey } from './authenticator/unsound-keys.ts'
export type {
  AuthenticationResponseJSON,
  ClientData,
  CreationOptionsJSON,
  RegistrationResponseJSON,
  RequestOptionsJSON,
  Transport,
} from './authenticator/webauthn-json.ts'
export { type BrowserLike, createBrowserLike, type Page, type Send } from './browser/create-browser-like.ts'
export { compileCache } from './compile-cache.ts'
export { createTestDatabase, type TestDatabase } from './database/create-test-database.ts'
export { type MortalPostgres, startMortalPostgres } from './database/mortal-postgres.ts'
export { type FakeClock, fakeClock } from './fake-clock.ts'
export {
  type BlobPayload,
  createMetadataAuthority,
  type MetadataAuthority,
  type MetadataAuthorityOptions,
} from './metadata/metadata-authority.ts'
export { type MetadataEntryOptions, metadataEntry, type StatusReport } from './metadata/metadata-entry.ts'
