import { coseAlgorithm, createSoftwareAuthenticator, type SoftwareAuthenticator } from '@fobwatch/testkit'

const { ES256, ES384, EdDSA, RS256 } = coseAlgorithm

type Kind = Parameters<typeof createSoftwareAuthenticator>[0]

/** Kinds whose keys are quick to make and to use. */
const common: readonly [Kind, ...Kind[]] = [
  { algorithms: [ES256], attestation: 'packed', transports: ['usb', 'nfc'] },
  { algorithms: [ES256], attestation: 'none', backupEligible: true, backupState: true },
  { algorithms: [ES256], attestation: 'packed-self' },
  { algorithms: [EdDSA], attestation: 'packed', transports: ['usb'] },
  { algorithms: [EdDSA], attestation: 'packed-self', backupEligible: true, transports: ['hybrid'] },
]
const rare: readonly { onceIn: number; kind: Kind }[] = [
  { onceIn: 2_000, kind: { algorithms: [RS256], attestation: 'packed' } },
  { onceIn: 20, kind: { algorithms: [ES384], attestation: 'packed', transports: ['smart-card'] } },
  { onceIn: 21, kind: { algorithms: [ES384], attestation: 'packed-self' } },
]

/** Makes devices, of each kind in its turn. */
export const deviceMaker = (): (() => SoftwareAuthenticator) => {
  let made = 0
  return () => {
    made += 1
    const seldom = rare.find(({ onceIn }) => made % onceIn === onceIn - 1)
    return createSoftwareAuthenticator(seldom?.kind ?? common[made % common.length])
  }
}
