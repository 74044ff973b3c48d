import type { DocumentKind, EvidencePart, ProofMethod } from '@fobwatch/contracts'

/** A document that was shown, once its number was taken from it. */
export interface SeenDocument {
  part: EvidencePart
  document: DocumentKind
  nameOnDocument: string
  /** Base64url, since it waits in a request for the second person. */
  numberHash: string | null
  numberEnd: string | null
}

/** How who somebody is was proved, and how well. */
export interface ProofOfIdentity {
  personId: string
  /** 1 to 3. */
  level: number
  how: ProofMethod
  evidence: readonly SeenDocument[]
  /** Who looked at it: a person's row id; nobody when whoever runs the service did, by command. */
  actor: string | null
  requestId?: string | undefined
}

/** A document that was shown, as far as it is kept. */
export interface Evidence {
  level: number
  part: EvidencePart
  document: DocumentKind
  numberEnd: string | null
  nameOnDocument: string
  method: ProofMethod
  /** A person's row id. */
  provedBy: string | null
  provedAt: Date
}
