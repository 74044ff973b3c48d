import { coseAlgorithm, createSoftwareAuthenticator, type SoftwareAuthenticator } from '@fobwatch/testkit'

const { ES256, ES384, EdDSA, RS256 } = coseAlgorithm

type Kind = NonNullable<Parameters<typeof createSoftwareAuthenticator>[0]>

/** Of a maker who publishes no certificates, or else no key of theirs could vouch for itself. */
const selfAttested = { aaguid: 'a5ee7b1c-4a3d-4d2e-9d5b-0f3a6c1e8b27', attestation: 'packed-self' } as const

/** Kinds whose keys are quick to make and to use. */
const common: readonly [Kind, ...Kind[]] = [
  { algorithms: [ES256], attestation: 'packed', transports: ['usb', 'nfc'] },
  { algorithms: [ES256], attestation: 'none', backupEligible: true, backupState: true },
  { algorithms: [ES256], attestation: 'tpm' },
  { ...selfAttested, algorithms: [EdDSA], backupEligible: true, transports: ['hybrid'] },
  { algorithms: [ES256], attestation: 'android-key' },
  { algorithms: [EdDSA], attestation: 'packed', transports: ['usb'] },
  { algorithms: [ES256], attestation: 'apple' },
]
const rare: readonly { onceIn: number; kind: Kind }[] = [
  // An RSA key takes a tenth of a second to make.
  { onceIn: 2_000, kind: { algorithms: [RS256], attestation: 'tpm' } },
  { onceIn: 30, kind: { algorithms: [ES384], attestation: 'packed', transports: ['smart-card'] } },
  { onceIn: 31, kind: { ...selfAttested, algorithms: [ES384] } },
]

/** A device, and in which form its maker speaks for it. */
export interface Device {
  device: SoftwareAuthenticator
  attestation: Kind['attestation']
}

/** Makes devices, of each kind in its turn. */
export const deviceMaker = (): (() => Device) => {
  let made = 0
  return () => {
    made += 1
    const seldom = rare.find(({ onceIn }) => made % onceIn === onceIn - 1)
    const kind = seldom?.kind ?? common[made % common.length] ?? common[0]
    return { device: createSoftwareAuthenticator(kind), attestation: kind.attestation }
  }
}
