import { newId, Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { readCertificate } from '../trust/certificate.ts'
import { certificatesIn } from './certificates-in.ts'

export interface NewAnchor {
  /** What people call it. */
  name: string
  /** One certificate. */
  pem: string
  /** Whose people it counts for; everyone's unless given. */
  organisationCode: string | undefined
  hardware: boolean
  platform: 'ios' | null
}

type Needs = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record' | 'findOrganisation'>

/**
 * Makes a certificate an anchor: from then on, devices whose chain ends in it are trusted, as what it says of them.
 * @returns its id
 * @throws Refusal with a sentence: `invalid_request` for a certificate that cannot be read, is not valid now or is an
 * anchor there already; `not_found` for an organisation code that nobody has
 */
export const addAnchor =
  (deps: Needs) =>
  async ({ name, pem, organisationCode, hardware, platform }: NewAnchor): Promise<string> => {
    const certificate = oneCertificate(pem)
    const { notBefore, notAfter } = readable(certificate)
    const at = deps.now()
    if (at < notBefore || at > notAfter) throw refusal('This certificate is not valid at present.')
    const organisationId = organisationCode === undefined ? null : await organisationIdOf(deps, organisationCode)
    const anchor = { id: newId(), organisationId, name, certificate, hardware, platform }

    await deps.inTransaction(async (tx) => {
      if ((await deps.store.addAnchor(tx, anchor, at)) === 0) throw refusal('This certificate is an anchor already.')
      await deps.record(tx, {
        type: 'anchor-added',
        details: { anchor: anchor.id, organisation: organisationId, hardware, platform },
      })
    })
    return anchor.id
  }

const refusal = (sentence: string, cause?: unknown) => new Refusal('invalid_request', cause, [sentence])

const oneCertificate = (pem: string): Buffer => {
  const [certificate, ...more] = orRefuse(() => certificatesIn(pem))
  if (!certificate || more.length > 0) throw refusal('An anchor is one certificate, and the file has several.')
  return certificate
}

const readable = (certificate: Buffer) => orRefuse(() => readCertificate(certificate))

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
