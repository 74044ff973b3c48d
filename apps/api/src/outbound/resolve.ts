import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'

/** Where a name leads, in the order of preference. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

/** As this system says: its hosts file, and its resolver. */
export const resolveBySystem: Resolve = (host) => lookup(host, { all: true })
