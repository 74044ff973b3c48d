import { best, byMetadata, fields, metadataFacts, orders, type Rank } from './evidence.testing.ts'
import type { Evidence, Trust } from './evidence.ts'
import { assess } from './rules.ts'

const none: Trust = { by: 'none', facts: null }
const organisation = (keyProtection: 'hardware' | 'unknown', platform: 'ios' | null = null): Trust => ({
  by: 'organisation',
  facts: { ...metadataFacts, keyProtection, methods: [], certification: null, statuses: [], platform },
})
const synced = { backupEligible: true, trust: none }

/** What staff carry, and the evidence of it: one row each in docs/assurance.md. */
const cases: Record<string, Partial<Evidence>> = {
  'A security key whose maker FIDO metadata confirms, unlocked by PIN only': {
    trust: byMetadata({ methods: ['passcode_external'] }),
  },
  'The same, unlocked by PIN or fingerprint': {},
  'A FIDO2 smartcard whose maker metadata confirms': {
    kind: 'smartcard',
    trust: byMetadata({ methods: ['passcode_external'], smartcard: true }),
  },
  'Windows Hello in a TPM whose maker metadata confirms': {
    kind: 'computer',
    trust: byMetadata({ methods: ['passcode_internal', 'fingerprint_internal', 'faceprint_internal'] }),
  },
  'An Android phone that attests a key in its hardware, bound to the device': { kind: 'phone', trust: byMetadata() },
  'A managed iPad, on an anchor of its organisation': { kind: 'tablet', trust: organisation('hardware', 'ios') },
  'What an organisation attests on an anchor that does not promise hardware': {
    kind: 'computer',
    trust: organisation('unknown'),
  },
  'A passkey of an iPhone or an Android phone, here or by QR code': { ...synced, kind: 'phone' },
  'The same, once it was copied': { ...synced, kind: 'phone', backupState: true },
  'A plain passkey of an iPad': { ...synced, kind: 'tablet' },
  'A passkey in a password manager': { ...synced, kind: 'passkey' },
  'A passkey that can be copied, attested by a maker whom we confirm': { kind: 'phone', backupEligible: true },
  'A security key without attestation': { trust: none },
  'A security key that vouches for itself': { trust: { by: 'self', facts: null } },
  'A security key with a certificate that reaches no anchor, or while the metadata is out of date': {
    trust: { by: 'untrusted', facts: null },
  },
  'A model that metadata reports as revoked or compromised': { trust: byMetadata({ statuses: ['REVOKED'] }) },
  'A maker whom we confirm, who keeps the keys in software': { trust: byMetadata({ keyProtection: 'software' }) },
  'A confirmed security key that its holder added after a standard check': { binding: { by: 'session', level: 2 } },
  'The same, set up with a link that was sent': { binding: { by: 'link', level: 2 } },
  'The same, set up in person by an agent who had logged in with a standard check': {
    binding: { by: 'in-person', level: 2 },
  },
  'Any of them, where the device did not check who used it': { userVerified: false },
  'Any of them, where nobody touched it': { userPresent: false },
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const code = (text: string) => `\`${text}\``

/** The table of docs/assurance.md, line by line, as the rules make it. */
export const verdictTable = (): string[] => [
  row(['what it is', 'level', '`acr`', '`amr`', 'because']),
  row(['---', '---', '---', '---', '---']),
  ...Object.entries(cases).map(([says, change]) => {
    const { level, acr, amr, reasons } = assess({ ...best, ...change })
    return row([says, level, code(acr), amr.map(code).join(' '), reasons.join('; ')])
  }),
]

const fieldNames = {
  userPresent: 'user presence',
  userVerified: 'user verification',
  backupState: 'backup state',
  backupEligible: 'backup eligibility',
  trust: 'attestation and trust',
  binding: 'binding',
}

/** The order of each field in docs/assurance.md, the weakest first, as the property tests hold the rules against it. */
export const orderTable = (): string[] => [
  row(['field', 'from the weakest to the strongest', 'level at most']),
  row(['---', '---', '---']),
  ...fields.flatMap((field) =>
    orders[field].map(({ says, most }: Rank, place) => row([place === 0 ? fieldNames[field] : '', says, most])),
  ),
]
