import { idTokenAlgorithms } from '@fobwatch/contracts'
import type { JWK } from 'jose'

/** What tokens can be signed with; a client's registration chooses. */
export const signingAlgorithms = idTokenAlgorithms
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/** One key, and the way to sign with it: in this process, or in a module that never gives it out. */
export interface Signer {
  /** The thumbprint of the public half (RFC 7638). */
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** The public half, and nothing else. */
  readonly publicJwk: JWK
  /** @returns the signature as a JWS has it: for ES256 that is r and s, 32 bytes each (RFC 7518 §3.4) */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** What a row has of a key. */
export interface KeptKey {
  kid: string
  algorithm: SigningAlgorithm
  publicJwk: JWK
  /** What the vault finds the private half by: the half itself, sealed, or the name of a key in a hardware module. */
  kept: Buffer
}

/** Where private keys are made and used. */
export interface Vault {
  make(algorithm: SigningAlgorithm): Promise<KeptKey>
  /** @throws Error with a sentence for the operator when this vault cannot use the key */
  open(key: KeptKey): Promise<Signer>
}
