import { spkiOf } from '../attestation-authority.ts'
import { basicConstraints } from '../certificate.ts'
import { coseAlgorithm, coseLabel, type SigningKey } from '../cose.ts'
import { signWithFault } from '../signature.ts'
import { certified, type MakeStatement } from './request.ts'

/** Where authenticator data has the length of the credential id, and the id. */
const idLengthAt = 53
const idAt = 55

/** A FIDO U2F statement (WebAuthn L3 §8.6), as keys of before FIDO2 make it. */
export const u2fStatement: MakeStatement = (request, faults) => {
  const { aaguid, authority, key, clientDataHash } = request
  const authData = Buffer.from(request.authData)
  const id = authData.subarray(idAt, idAt + authData.readUInt16BE(idLengthAt))
  const data = Buffer.concat([Buffer.of(0), authData.subarray(0, 32), clientDataHash, id, pointOf(key)])
  const attestationKey = authority.attestationKeyFor(aaguid)
  const contents = {
    subject: { commonName: `${authority.organisation} U2F` },
    spki: spkiOf(attestationKey.key),
    extensions: [basicConstraints(false)],
  }
  return new Map<string, Uint8Array | Uint8Array[]>([
    ['sig', signWithFault(attestationKey.key, data, faults.signature)],
    ['x5c', certified(request, contents, faults).slice(0, 1)],
  ])
}

const pointOf = ({ algorithm, coseKey }: SigningKey): Buffer => {
  const [x, y] = [coseKey.get(coseLabel.x), coseKey.get(coseLabel.y)]
  if (algorithm !== coseAlgorithm.ES256 || !(x instanceof Uint8Array) || !(y instanceof Uint8Array))
    throw new RangeError('U2F knows ES256 alone')
  return Buffer.concat([Buffer.of(4), x, y])
}
