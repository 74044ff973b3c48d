import { isAllowance } from '#outbound'
import type { Setting } from './setting.ts'

const readAllowances = (value = ''): string[] => {
  const allowances = value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const wrong = allowances.find((each) => !isAllowance(each))
  if (wrong) throw new Error(`must be hosts, addresses or networks such as 10.0.0.0/8, and ${wrong} is none of them`)
  return allowances
}

/** What of one's own network an application may ask the service to call. */
export const outboundAllowed = {
  name: 'FOBWATCH_OUTBOUND_ALLOWED',
  meaning:
    "Hosts, addresses or networks, divided by commas, where applications may have their keys and hear of logouts, although they are this machine's or a private network's.",
  unset: 'none: public addresses alone',
  read: readAllowances,
} satisfies Setting<string[]>
