import type { ClientMetadata, Fault } from '@fobwatch/contracts'
import { isThisMachine } from '#kernel'
import { grantsOf, type Rule, when } from './rules.ts'

type WhyNot = string | undefined

/** What ends a way up, plain or percent-encoded, however a server on the way may read it. */
const climbs = /(^|[/\\;]|%2f|%5c)(\.|%2e){1,2}([/\\;?#]|%2f|%5c|$)/i

/** Members of an answer to an authorization request (RFC 6749 §4.1.2, RFC 9207): ours to set. */
const ours = ['code', 'state', 'iss', 'error', 'error_description']

/** What is wrong with an address that browsers are sent to, whatever its scheme. It is compared to the letter. */
const whyNotExact = (text: string, url: URL): WhyNot => {
  if (text.includes('#')) return 'must have no fragment'
  if (url.username !== '' || url.password !== '') return 'must have no user name in it'
  if (text.includes('*')) return 'must have no wildcard: addresses are compared to the letter'
  if (climbs.test(text.replace(/^[a-z][a-z0-9.+-]*:(\/\/)?/i, '')) || text.includes('\\'))
    return 'must not climb up by `..`, or have a backslash'
  if (text !== url.href && `${text}/` !== url.href) return `must be written as browsers write it, ${url.href}`
  if (ours.some((name) => url.searchParams.has(name))) return `must leave ${ours.join(', ')} to us`
  return undefined
}

const whyNotOfWeb = ({ protocol, hostname }: URL): WhyNot => {
  if (protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname))) return undefined
  return 'must begin with https:// (http:// to this machine alone)'
}

/** RFC 8252 §7: a scheme of the app's own, a claimed https address, or the loopback at any port. */
const whyNotOfNative = ({ protocol, hostname }: URL): WhyNot => {
  if (protocol === 'https:') return isThisMachine(hostname) ? 'must begin with http:// on this machine' : undefined
  if (protocol === 'http:')
    return ['127.0.0.1', '[::1]'].includes(hostname)
      ? undefined
      : 'must be http://127.0.0.1 or http://[::1] (RFC 8252 §7.3)'
  return protocol.includes('.')
    ? undefined
    : 'must have a scheme that is a domain turned round, such as org.example.app'
}

/** What is wrong with an address that browsers are sent to. */
const whyNotRedirect = (text: string, { application_type, profile }: ClientMetadata): WhyNot => {
  const url = URL.parse(text)
  if (!url) return 'is not an address'
  const byKind = application_type === 'native' ? whyNotOfNative(url) : whyNotOfWeb(url)
  if (byKind) return byKind
  if (profile === 'fapi2' && application_type !== 'native' && url.protocol !== 'https:')
    return 'must begin with https:// (fapi2)'
  return whyNotExact(text, url)
}

const redirects = (metadata: ClientMetadata, field: 'redirect_uris' | 'post_logout_redirect_uris'): Fault[] =>
  (metadata[field] ?? []).flatMap((text, at) => {
    const why = whyNotRedirect(text, metadata)
    return why ? [{ field: `${field}[${at}]`, why }] : []
  })

/** Links that people follow and that we never do. */
const links = ['client_uri', 'initiate_login_uri'] as const

const whyNotLink = (text: string): WhyNot => {
  const url = URL.parse(text)
  if (!url) return 'is not an address'
  if (url.username !== '' || url.password !== '') return 'must have no user name in it'
  return whyNotOfWeb(url)
}

export const addressRule: Rule = (metadata) => [
  ...redirects(metadata, 'redirect_uris'),
  ...redirects(metadata, 'post_logout_redirect_uris'),
  ...when(
    grantsOf(metadata).includes('authorization_code') && (metadata.redirect_uris ?? []).length === 0,
    'redirect_uris',
    'must name where codes go',
  ),
  ...when(
    !grantsOf(metadata).includes('authorization_code') && (metadata.redirect_uris ?? []).length > 0,
    'redirect_uris',
    'has no use without authorization_code among grant_types',
  ),
  ...links.flatMap((field) => {
    const why = metadata[field] === undefined ? undefined : whyNotLink(metadata[field])
    return when(why !== undefined, field, why ?? '')
  }),
  ...when(
    metadata.backchannel_logout_session_required && metadata.backchannel_logout_uri === undefined,
    'backchannel_logout_session_required',
    'has no use without backchannel_logout_uri',
  ),
]

/** What the service calls, or pages of its show. */
export const calledFields = ['jwks_uri', 'backchannel_logout_uri', 'logo_uri'] as const
