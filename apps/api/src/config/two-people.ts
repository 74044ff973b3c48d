import { type TwoPeopleKind, twoPeopleKinds } from '@fobwatch/contracts'
import type { Setting } from './setting.ts'

const readKinds = (value: string | undefined): readonly TwoPeopleKind[] => {
  if (!value) return twoPeopleKinds
  if (value === 'none') return []
  const named = value.split(',').map((each) => each.trim())
  const kinds = twoPeopleKinds.filter((each) => named.includes(each))
  if (new Set(named).size !== named.length || kinds.length !== named.length)
    throw new Error(`must be none, or some of ${twoPeopleKinds.join(', ')}, each once and divided by commas`)
  return kinds
}

/** Which deeds at the desk take two people. */
export const twoPeople = {
  name: 'FOBWATCH_TWO_PEOPLE',
  meaning: `What takes a second person to approve it at the desk: ${twoPeopleKinds.join(', ')}, divided by commas; or none.`,
  unset: 'all of these',
  read: readKinds,
} satisfies Setting<readonly TwoPeopleKind[]>
