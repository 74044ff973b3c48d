import { isIP } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { isThisMachine } from '#kernel'
import { bareHost, type MayCall } from './allowed.ts'
import type { Resolve } from './resolve.ts'

export interface Deps {
  mayCall: MayCall
  resolve: Resolve
}

/** How long a name has to say where it leads, in milliseconds, when nothing is sent yet. */
const patience = 1_000

/** Names that lead to this machine or this network by what they are (RFC 6761, RFC 6762, RFC 8375). */
const isLocalName = (host: string): boolean => /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host)

/**
 * What is wrong with an address as it is written, whatever its name leads to.
 * @returns words that go on from the name of the address, such as "must begin with https://"
 */
export const whyNotWritten = (url: URL | null): string | undefined => {
  if (!url) return 'is not an address'
  if (url.username !== '' || url.password !== '') return 'has a user name in it'
  if (url.protocol === 'https:') return undefined
  return url.protocol === 'http:' && isThisMachine(url.hostname) ? undefined : 'must begin with https://'
}

const isPrivate = 'leads to this machine or to a private network, which FOBWATCH_OUTBOUND_ALLOWED does not name'

/**
 * Whether an address could be called, as far as can be said before.
 * @returns nothing when it could; what keeps it from being called, in words that go on from its name
 */
export type WhyNotCalled = (address: string) => Promise<string | undefined>

/** A name that leads nowhere yet is let pass: every call looks again. */
export const whyNotCalled =
  ({ mayCall, resolve }: Deps): WhyNotCalled =>
  async (address) => {
    const url = URL.parse(address)
    const written = whyNotWritten(url)
    if (!url || written) return written

    const host = bareHost(url.hostname)
    if (isIP(host) > 0) return mayCall(host, host) ? undefined : isPrivate
    const known = await where(resolve, host)
    if (known.length === 0 && isLocalName(host)) return isPrivate
    return known.every((each) => mayCall(host, each)) ? undefined : isPrivate
  }

const where = async (resolve: Resolve, host: string): Promise<string[]> => {
  const known = resolve(host).catch(() => [])
  const enough = setTimeout(patience, [], { ref: false })
  return (await Promise.race([known, enough])).map(({ address }) => address)
}
