import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { notes } from '#kernel'

/** The eight groups of an IPv6 address, however it is spelled. */
const groupsOf = (address: string): number[] => {
  // The URL parser has one spelling for each (RFC 5952), with IPv4 parts written as two groups.
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1)
  const [head = '', tail] = plain.split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  if (tail === undefined) return read(head)
  const [before, after] = [read(head), read(tail)]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** Whether it is an IPv4 address in IPv6 form (RFC 4291 §2.5.5.2). */
const isMapped = (groups: readonly number[]) => groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff

/** An address without the port that some gateways write beside it in X-Forwarded-For. */
const withoutPort = (address: string): string =>
  /^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$/.exec(address)?.slice(1).find(Boolean) ?? address

/**
 * One name for whoever has an address, whatever its spelling. A household or a hospital ward has a whole /64 of IPv6
 * (RFC 6177) and picks addresses in it at will, so that they count as one.
 * @param given as the socket or a trusted proxy has it, with a port or without; anything that is none is its own name
 */
export const networkOf = (given: string): string => {
  const address = withoutPort(given)
  if (isIP(address) !== 6) return address.slice(0, 100)
  const groups = groupsOf(address)
  if (isMapped(groups)) {
    const [high = 0, low = 0] = groups.slice(6)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

const known = notes<FastifyRequest, { address: string; network: string }>()

/** Where a request comes from, worked out once: by the headers of proxies, which is not done for nothing. */
export const senderOf = (request: FastifyRequest): { address: string; network: string } => {
  const found = known.get(request)
  if (found) return found
  // A connection that was reset before its request was looked at has no address any more.
  const address = request.ip ?? ''
  const sender = { address, network: networkOf(address) }
  known.set(request, sender)
  return sender
}
