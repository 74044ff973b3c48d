import { createPublicKey } from 'node:crypto'
import { ExternalSigningKey } from 'oidc-provider'
import type { Signer } from '#keys'

/**
 * A signer, as the library takes it. The library sees the public half alone, and asks for signatures. A class, because
 * the library asks for one of its own.
 */
class KeyOfSigner extends ExternalSigningKey {
  readonly #signer: Signer

  constructor(signer: Signer) {
    super()
    this.#signer = signer
    // The library sets both where they are missing; its types name what reads them alone.
    Object.assign(this, { kid: signer.kid, alg: signer.algorithm })
  }

  override keyObject() {
    return createPublicKey({ key: this.#signer.publicJwk, format: 'jwk' })
  }

  override sign(data: Uint8Array) {
    return this.#signer.sign(data)
  }
}

export const externalKey = (signer: Signer): ExternalSigningKey => new KeyOfSigner(signer)
