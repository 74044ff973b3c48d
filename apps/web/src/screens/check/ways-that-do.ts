import type { Authenticator } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { kindWord } from '../../words/device.ts'

/** The ways that will do, and the least that each of them is worth. */
export const findWaysThatDo = async (strongest: boolean) => {
  const { authenticators } = await call('GET /api/authenticators', {})
  const working = authenticators.filter(({ status }) => status === 'active')
  const level = strongest ? Math.max(1, ...working.map(({ assuranceLevel }) => assuranceLevel)) : 1
  return { level, ways: working.filter(({ assuranceLevel }) => assuranceLevel >= level) }
}

/** What the button says: which kind of device to use, where only one kind will do. */
export const labelFor = (ways: readonly Pick<Authenticator, 'kind'>[]): string => {
  const kinds = new Set(ways.map(({ kind }) => kind))
  const [only] = kinds
  return kinds.size === 1 && (only === 'security-key' || only === 'smartcard')
    ? `Use your ${kindWord(only)}`
    : 'Check it is you'
}
