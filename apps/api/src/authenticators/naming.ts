import type { AuthenticatorKind } from '@fobwatch/contracts'
import type { RegistrationEvidence } from '#webauthn'
import { modelOf } from './models.ts'

type Claims = Pick<RegistrationEvidence, 'aaguid' | 'transports' | 'attachment'>

/** What people would call an authenticator. */
export interface Description {
  kind: AuthenticatorKind
  name: string
}

const describe = (kind: AuthenticatorKind, name: string): Description => ({ kind, name })

/** What a user agent says its device is; the first that fits. */
const devices: readonly (readonly [RegExp, Description])[] = [
  [/iPad/, describe('tablet', 'iPad')],
  [/iPhone|iPod/, describe('phone', 'iPhone')],
  [/Android.*Mobile/, describe('phone', 'Android phone')],
  [/Android/, describe('tablet', 'Android tablet')],
  [/Windows/, describe('computer', 'Windows computer')],
  [/CrOS/, describe('computer', 'Chromebook')],
  [/Macintosh.*(Chrome|Firefox)\//, describe('computer', 'Mac')],
  // Safari on an iPad says that it is a Mac, and a name must not be wrong.
  [/Macintosh/, describe('computer', 'Mac or iPad')],
  [/Linux/, describe('computer', 'Linux computer')],
]

const plainNames: Record<AuthenticatorKind, string> = {
  phone: 'Phone',
  tablet: 'Tablet',
  computer: 'Computer',
  'security-key': 'Security key',
  smartcard: 'Smartcard',
  passkey: 'Passkey',
}

/** Characters of a user agent that are read; real ones are half as long. */
const mostUserAgent = 400

/** Phones that answered another device, by what keeps their passkeys. */
const phones = new Map([
  ['iCloud Keychain', 'iPhone'],
  ['Google Password Manager', 'Android phone'],
  ['Samsung Pass', 'Samsung phone'],
])

/**
 * Says what people would call a new authenticator, from what it, its browser and its model claim.
 * @param userAgent of the browser that registered it, which is the device itself only where it is built in
 * @param published what metadata calls its model
 */
export const describeAuthenticator = (
  claims: Claims,
  userAgent: string | undefined,
  published?: string,
): Description => {
  const model = modelOf(claims.aaguid)
  const device = isBuiltIn(claims)
    ? devices.find(([form]) => form.test((userAgent ?? '').slice(0, mostUserAgent)))?.[1]
    : undefined
  const kind = model?.kind ?? device?.kind ?? kindByTransport(claims)
  if (device?.kind === kind) return device
  if (kind === 'phone') return describe(kind, phones.get(model?.name ?? '') ?? plainNames.phone)
  return describe(kind, (kind !== 'computer' && (model?.name ?? published)) || plainNames[kind])
}

/** A request as far as it says what its browser runs on. */
export interface Asked {
  userAgent: string | undefined
  requestId: string
}

/** What a browser runs on, by its user agent and by its page, which knows an iPad where the browser says Mac. */
export const asSaid = ({ userAgent, requestId }: Asked, onIPad = false): Asked => ({
  userAgent: onIPad ? 'iPad' : userAgent,
  requestId,
})

const isBuiltIn = ({ attachment, transports }: Claims): boolean =>
  attachment === 'platform' || (attachment === undefined && transports.includes('internal'))

const kindByTransport = ({ transports }: Claims): AuthenticatorKind => {
  const by = (transport: string) => transports.includes(transport)
  if (by('hybrid')) return 'phone'
  if (by('smart-card') && !by('usb')) return 'smartcard'
  return by('usb') || by('nfc') || by('ble') ? 'security-key' : 'passkey'
}

/** A name that the person does not use yet: "iPhone", then "iPhone 2". */
export const unusedName = (name: string, taken: readonly string[]): string => {
  let candidate = name
  for (let number = 2; taken.includes(candidate); number += 1) candidate = `${name} ${number}`
  return candidate
}
