import { isIP } from 'node:net'
import type { Setting } from './setting.ts'

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : 128
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) > 0 && Number(prefix) <= bits)
  return isIP(address) > 0 && isPrefix && more.length === 0
}

const readProxies = (value = ''): string[] => {
  const proxies = value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const wrong = proxies.find((each) => !isNetwork(each))
  if (wrong) throw new Error(`must be addresses or networks such as 10.0.0.0/8, and ${wrong} is neither`)
  return proxies
}

/** Who is believed about where a visitor comes from. */
export const trustedProxies = {
  name: 'TRUSTED_PROXIES',
  meaning:
    'Addresses or networks, divided by commas, whose X-Forwarded-For names the visitor. No other header of a proxy is believed.',
  unset: 'none',
  read: readProxies,
} satisfies Setting<string[]>
