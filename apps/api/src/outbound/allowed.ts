import { BlockList, isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

const isPrefixFor = (address: string, prefix: string | undefined): boolean => {
  if (prefix === undefined) return true
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIP(address) === 4 ? 32 : 128)
}

/** Whether a text is a host, an address, or a network such as `10.0.0.0/8`. */
export const isAllowance = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/')
  if (isIP(address) > 0) return isPrefixFor(address, prefix) && more.length === 0
  return hostName.test(text) && !/^[0-9.]+$/.test(text)
}

/** A host as it is compared: `LOCALHOST.` is `localhost`, and the brackets of an IPv6 address are not part of it. */
export const bareHost = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** Whether a host may be called at an address that it leads to. */
export type MayCall = (host: string, address: string) => boolean

/**
 * What may be called: the public internet, and what the configuration names besides. Whoever names a host believes
 * whatever its name leads to.
 */
export const readAllowed = (allowed: readonly string[]): MayCall => {
  const networks = new BlockList()
  const hosts = new Set<string>()
  for (const each of allowed) {
    const [address = '', prefix] = each.split('/')
    if (isIP(address) === 0) hosts.add(bareHost(each))
    else
      networks.addSubnet(
        address,
        prefix === undefined ? (isIP(address) === 4 ? 32 : 128) : Number(prefix),
        familyOf(address),
      )
  }
  return (host, address) =>
    isPublicAddress(address) ||
    hosts.has(bareHost(host)) ||
    (isIP(address) > 0 && !address.includes('%') && networks.check(address, familyOf(address)))
}
