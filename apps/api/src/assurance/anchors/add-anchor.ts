import { newId, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { certificateReader } from '../trust/certificate.ts'
import { certificatesIn } from './certificates-in.ts'

/** Who did it: somebody at the desk, or nobody when it was a command. */
export interface By {
  actor?: string
  requestId?: string
}

/** A certificate, and what it is trusted to say. */
export interface Trusting {
  /** What people call it. */
  name: string
  /** One certificate. */
  pem: string
  hardware: boolean
  platform: 'ios' | null
}

export interface NewAnchor extends Trusting {
  /** Whose people it counts for; everyone's unless given. */
  organisationCode: string | undefined
}

type Needs = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record' | 'findOrganisation'>

/**
 * Makes a certificate an anchor: from then on, devices whose chain ends in it are trusted, as what it says of them.
 * @param organisationId whose people it counts for, and of those below; null for everyone's
 * @returns its id
 * @throws Refusal `invalid_request` with a sentence, for a certificate that cannot be read, is not valid now or is an anchor
 *   there already
 */
export const keepAnchor =
  ({ store, now, record }: Pick<Needs, 'store' | 'now' | 'record'>) =>
  async (
    tx: Transaction,
    { name, pem, hardware, platform, organisationId }: Trusting & { organisationId: string | null },
    by: By = {},
  ): Promise<string> => {
    const certificate = oneCertificate(pem)
    const readCertificate = await certificateReader()
    const { notBefore, notAfter } = orRefuse(() => readCertificate(certificate))
    const at = now()
    if (at < notBefore || at > notAfter) throw refusal('This certificate is not valid at present.')
    const anchor = { id: newId(), organisationId, name, certificate, hardware, platform }
    if ((await store.addAnchor(tx, anchor, at)) === 0) throw refusal('This certificate is an anchor already.')
    const details = { anchor: anchor.id, organisation: organisationId, hardware, platform }
    await record(tx, { type: 'anchor-added', ...by, details })
    return anchor.id
  }

/**
 * The same by command, which reaches everywhere.
 * @throws Refusal as `keepAnchor`, and `not_found` for an organisation code that nobody has
 */
export const addAnchor =
  (deps: Needs) =>
  async ({ organisationCode, ...trusting }: NewAnchor): Promise<string> => {
    oneCertificate(trusting.pem)
    const organisationId = organisationCode === undefined ? null : await organisationIdOf(deps, organisationCode)
    return deps.inTransaction((tx) => keepAnchor(deps)(tx, { ...trusting, organisationId }))
  }

const refusal = (sentence: string, cause?: unknown) => new Refusal('invalid_request', cause, [sentence])

const oneCertificate = (pem: string): Buffer => {
  const [certificate, ...more] = orRefuse(() => certificatesIn(pem))
  if (!certificate || more.length > 0) throw refusal('An anchor is one certificate, and the file has several.')
  return certificate
}

const orRefuse = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    throw refusal('The file has no certificate in PEM that can be read.', cause)
  }
}

const organisationIdOf = async ({ findOrganisation }: Needs, code: string): Promise<string> => {
  const organisation = await findOrganisation(code)
  if (!organisation) throw new Refusal('not_found', undefined, [`No organisation has the code ${code}.`])
  return organisation.id
}
