import { createTokenVerifier, hasScope, type RequestLike, TokenRefused } from '@fobwatch/token-verifier'
import type { StoredClient } from '#clients'
import { hashOf } from '#kernel'
import type { Signer } from '#keys'
import type { OidcDeps } from '../deps.ts'

/** An API of our own, and the scope that opens it. */
export interface OwnApi {
  /** The resource indicator: the audience of its tokens. */
  resource: string
  scope: string
}

/** What became of somebody who came with an access token. */
export type Admission =
  | { kind: 'admitted'; client: StoredClient }
  /** Nothing that was ever good for this; `client` where it was somebody's. */
  | { kind: 'refused'; code: 'token_invalid' | 'scope_needed'; challenge: string; why: string; client?: string }

type Needs = Pick<OidcDeps, 'issuer' | 'findClient' | 'findApi'> & {
  signers: () => readonly Signer[]
  isNew: (hash: Buffer, until: Date) => Promise<boolean>
}

const invalid = 'Bearer error="invalid_token", error_description="The access token is not valid here."'

/** The keys that are published, as the verifier looks for them; made anew only when they change. */
const publishedKeys = (signers: () => readonly Signer[]) => {
  let of: readonly Signer[] | undefined
  let keys: ReturnType<typeof keysOf> = []
  return () => {
    const now = signers()
    if (now !== of) [of, keys] = [now, keysOf(now)]
    return keys
  }
}

const keysOf = (signers: readonly Signer[]) =>
  signers.map(({ publicJwk, kid, algorithm: alg }) => ({ ...publicJwk, kid, alg, use: 'sig' }))

/** What keeps a token that holds from being good for an API of ours. */
const whyNot = (client: StoredClient | undefined, claims: { sub: string; client_id: string; cnf?: unknown }) => {
  if (claims.sub !== claims.client_id) return 'a person'
  if (!client) return 'client'
  return client.metadata.dpop_bound_access_tokens && !claims.cnf ? 'unbound' : undefined
}

/**
 * Lets an application in at an API of our own, by an access token that it was given for itself (RFC 6749 §4.4). The token
 * is verified as any API verifies ours (RFC 9068 §4), with its proof where it is bound to a key (RFC 9449 §7.1); and since we
 * are at home here, the client is looked up besides: one that is disabled, or may not call the API any more, is refused at
 * once, and not when its token has run out.
 */
export const admitApplication = ({ issuer, findClient, findApi, signers, isNew }: Needs) => {
  const options = {
    issuer,
    origin: issuer,
    keys: publishedKeys(signers),
    replays: { remember: (id: string, until: number) => isNew(hashOf(`own ${id}`), new Date(until * 1000)) },
  }
  return async (request: RequestLike, { resource, scope }: OwnApi): Promise<Admission> => {
    const verified = await createTokenVerifier({ ...options, audience: resource })
      .verifyRequest(request)
      .catch((error: unknown) => {
        if (error instanceof TokenRefused) return error
        throw error
      })
    if (verified instanceof TokenRefused) {
      const challenge = verified.headers['www-authenticate'] ?? invalid
      return { kind: 'refused', code: 'token_invalid', challenge, why: verified.code }
    }
    const { claims } = verified
    const client = await findClient(claims.client_id)
    const why = whyNot(client, claims)
    if (why || !client)
      return { kind: 'refused', code: 'token_invalid', challenge: invalid, why: why ?? '', client: claims.client_id }
    if (hasScope(claims, scope) && (await findApi(client.id, resource))) return { kind: 'admitted', client }
    const challenge = `${claims.cnf ? 'DPoP' : 'Bearer'} error="insufficient_scope", scope="${scope}"`
    return { kind: 'refused', code: 'scope_needed', challenge, why: 'scope', client: client.id }
  }
}
