import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Model, StatusReport } from './model.ts'

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$' })

/** What an entry must say for us to heed it (FIDO Metadata Service v3 §3.1.1). */
const Entry = Type.Object({
  aaguid: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
  metadataStatement: Type.Optional(Type.Unknown()),
  statusReports: Type.Array(
    Type.Object({
      status: Type.String(),
      effectiveDate: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      certificate: Type.Optional(Type.Unknown()),
      batchCertificate: Type.Optional(Type.Unknown()),
    }),
  ),
})
type Entry = Static<typeof Entry>

/**
 * What we use of a statement. Everything else may be there and may be anything: what it says of attestation types, of
 * algorithms and of key encodings differs from what genuine devices send, and what a device sent was verified by what it is.
 */
const Statement = Type.Object({
  description: Type.String(),
  keyProtection: Type.Array(Type.String()),
  userVerificationDetails: Type.Optional(
    Type.Array(Type.Array(Type.Object({ userVerificationMethod: Type.Optional(Type.String()) }))),
  ),
  attestationRootCertificates: Type.Array(Base64),
  authenticatorGetInfo: Type.Optional(Type.Object({ transports: Type.Optional(Type.Array(Type.String())) })),
})
type Statement = Static<typeof Statement>

/** A statement that is not there, or cannot be read, makes no trust. What was reported of the model holds all the same. */
const noStatement: Statement = { description: '', keyProtection: [], attestationRootCertificates: [] }

const mostNameCharacters = 200

/**
 * Reads what an entry of a blob says of a model.
 * @returns the model under its AAGUID; nothing where the entry is of a kind that has none, or cannot be read
 */
export const readEntry = (entry: unknown): [aaguid: string, Model] | undefined => {
  if (!Value.Check(Entry, entry)) return undefined
  const aaguid = entry.aaguid.toLowerCase()
  const statement = Value.Check(Statement, entry.metadataStatement) ? entry.metadataStatement : noStatement
  const model = {
    name: statement.description.slice(0, mostNameCharacters) || aaguid,
    icon: iconOf(statement),
    roots: statement.attestationRootCertificates.map(derOf),
    keyProtection: keyProtectionOf(statement),
    methods: methodsOf(statement),
    smartcard: isSmartcard(statement),
    reports: entry.statusReports.map(reportOf),
  }
  return [aaguid, model]
}

const derOf = (base64: string): Buffer => Buffer.from(base64, 'base64')

const mostIconCharacters = 100_000

/** Only a picture that holds no script and no address, and is not the size of a book. */
const iconOf = (statement: object): string | null => {
  const icon = 'icon' in statement ? statement.icon : undefined
  if (typeof icon !== 'string' || icon.length > mostIconCharacters) return null
  return /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/.test(icon) ? icon : null
}

/** Hardware only where nothing of it is said to be in software (FIDO Registry of Predefined Values §3.2). */
const keyProtectionOf = ({ keyProtection }: Statement): Model['keyProtection'] => {
  if (keyProtection.includes('software')) return 'software'
  return keyProtection.includes('hardware') ? 'hardware' : 'unknown'
}

/** These verify nobody. */
const noVerification = new Set(['presence_internal', 'none'])

const methodsOf = ({ userVerificationDetails = [] }: Statement): string[] => {
  const methods = userVerificationDetails.flat().flatMap(({ userVerificationMethod }) => userVerificationMethod ?? [])
  return [...new Set(methods)].filter((method) => !noVerification.has(method))
}

/** A key that also takes a cable is a key, and so is what is built in. */
const isSmartcard = ({ authenticatorGetInfo }: Statement): boolean => {
  const transports = authenticatorGetInfo?.transports ?? []
  return transports.includes('smart-card') && !transports.includes('usb') && !transports.includes('internal')
}

/** A date or a certificate that cannot be read is none, so that the report holds: at any time, and of the whole model. */
const reportOf = ({ status, effectiveDate, ...named }: Entry['statusReports'][number]): StatusReport => {
  const from = effectiveDate ? new Date(effectiveDate) : null
  return {
    status,
    from: from && Number.isNaN(from.getTime()) ? null : from,
    certificates: [named.certificate, named.batchCertificate].flatMap((each) =>
      Value.Check(Base64, each) && each ? derOf(each) : [],
    ),
  }
}
