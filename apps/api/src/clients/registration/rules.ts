import type { ClientMetadata } from '@fobwatch/contracts'

/** How a client proves who it is, where its registration does not say. */
const usualMethod = 'client_secret_basic'

export const methodOf = ({ token_endpoint_auth_method: method = usualMethod }: ClientMetadata) => method

/** Whether it proves who it is by a secret. */
export const hasSecrets = (metadata: ClientMetadata): boolean => methodOf(metadata).startsWith('client_secret_')
