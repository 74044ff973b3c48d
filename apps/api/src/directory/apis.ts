/** An API of this room, as clients are registered for it, and the scope that opens it. */
interface OwnApi {
  resource: string
  name: string
  scopes: string[]
  scope: string
}

const api = (resource: string, name: string, scope: string): OwnApi => ({ resource, name, scopes: [scope], scope })

/** @param issuer the origin that the service is known by */
export const apisOf = (issuer: string): { scim: OwnApi; directory: OwnApi } => ({
  scim: api(`${issuer}/scim`, 'People from an HR system', 'scim'),
  directory: api(`${issuer}/directory`, 'Directory of people', 'directory'),
})
