/** A status report (FIDO MDS 3.1 §3.1.3); one that gives no date is in effect at once. */
export type StatusReport = { status: string; effectiveDate?: string; certificateNumber?: string; certificate?: string }

export interface MetadataEntryOptions {
  aaguid: string
  /** Anchors of its attestation chains: DER, or PEM. */
  roots: readonly (Buffer | string)[]
  name?: string
  /** A data URL. */
  icon?: string
  /** FIDO Registry §3.2; `hardware` and `secure_element` unless given. */
  keyProtection?: readonly string[]
  /** FIDO Registry §3.1: the ways to verify its user, each of which may take several methods together. */
  userVerification?: readonly (readonly string[])[]
  /** Oldest first; certified at level 1 unless given. */
  statuses?: readonly (StatusReport | string)[]
  /** FIDO Registry §3.6; `basic_full` unless given. */
  attestationTypes?: readonly string[]
  /** FIDO Registry §3.4. */
  attachmentHint?: readonly string[]
  /** Members of the statement in the place of these, or beside them. */
  statement?: object
}

const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=='

/** An entry of a metadata blob about one model of FIDO2 authenticator (FIDO MDS 3.1 §3.1.1), in its JSON form. */
export const metadataEntry = ({
  aaguid,
  roots,
  name = 'Test Authenticator',
  icon = onePixel,
  keyProtection = ['hardware', 'secure_element'],
  userVerification = [['passcode_external']],
  statuses = ['FIDO_CERTIFIED_L1'],
  attestationTypes = ['basic_full'],
  attachmentHint = ['external', 'wired'],
  statement = {},
}: MetadataEntryOptions): object => ({
  aaguid,
  metadataStatement: {
    ...{ legalHeader: 'For tests.', aaguid, description: name, authenticatorVersion: 1, protocolFamily: 'fido2' },
    ...{ schema: 3, upv: [{ major: 1, minor: 1 }], publicKeyAlgAndEncodings: ['cose'], attestationTypes },
    authenticationAlgorithms: ['secp256r1_ecdsa_sha256_raw'],
    userVerificationDetails: userVerification.map((together) =>
      together.map((userVerificationMethod) => ({ userVerificationMethod })),
    ),
    ...{ keyProtection, matcherProtection: ['on_chip'], cryptoStrength: 128, attachmentHint, tcDisplay: [], icon },
    attestationRootCertificates: roots.map(base64Of),
    authenticatorGetInfo: { versions: ['FIDO_2_1'], aaguid: aaguid.replaceAll('-', '') },
    ...statement,
  },
  statusReports: statuses.map((each) =>
    typeof each === 'string' ? { status: each, effectiveDate: '2020-01-01' } : each,
  ),
  timeOfLastStatusChange: '2020-01-01',
})

const base64Of = (certificate: Buffer | string): string =>
  typeof certificate === 'string' ? certificate.replaceAll(/-----[^-]+-----|\s/g, '') : certificate.toString('base64')
