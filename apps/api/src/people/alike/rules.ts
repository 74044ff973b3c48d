import type { PossibleMatch } from '@fobwatch/contracts'

/** What somebody on file has in common with somebody who has no profile yet, as the database finds it. */
export interface Facts {
  sameExternalId: boolean
  sameDocument: boolean
  sameProfession: boolean
  sameEmail: boolean
  /** As in 1990-02-28. */
  birthDate: string | null
  /** How alike the names are written, 0 to 1; 1 for the same, in whatever order. */
  similarity: number
  givenSounds: boolean
  familySounds: boolean
}

export type How = PossibleMatch['how']
export type AlikeIn = PossibleMatch['alikeIn'][number]

/** From here on a name is a spelling of the other. */
export const similarEnough = 0.5

/** Whether two days may be one, written wrongly: day and month changed places, or one of the three parts is another. */
export const isSimilarDay = (one: string, other: string): boolean => {
  const [[year, month, day], [otherYear, otherMonth, otherDay]] = [one.split('-'), other.split('-')]
  if (year === otherYear && month === otherDay && day === otherMonth) return true
  return [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length === 2
}

const ofIdentifiers = (facts: Facts): AlikeIn[] => [
  ...(facts.sameExternalId ? (['external-id'] as const) : []),
  ...(facts.sameDocument ? (['document'] as const) : []),
  ...(facts.sameProfession ? (['profession'] as const) : []),
  ...(facts.sameEmail ? (['email'] as const) : []),
]

const ofName = ({ similarity, givenSounds, familySounds }: Facts): AlikeIn[] => {
  if (similarity >= 1) return ['name']
  return similarity >= similarEnough || (givenSounds && familySounds) ? ['similar-name'] : []
}

const ofBirthDate = (birthDate: string | null, facts: Facts): AlikeIn[] => {
  if (!birthDate || !facts.birthDate) return []
  if (birthDate === facts.birthDate) return ['birth-date']
  return isSimilarDay(birthDate, facts.birthDate) ? ['similar-birth-date'] : []
}

/** By name and birth date alone. Half a name is enough with the same day: people marry, and are called Bill. */
const howAlike = (name: AlikeIn[], day: AlikeIn[], bothDays: boolean, { givenSounds, familySounds }: Facts) => {
  if (day[0] === 'birth-date') {
    if (name.length > 0) return 'likely'
    return givenSounds || familySounds ? 'possible' : undefined
  }
  if (name.length === 0) return undefined
  if (day[0] === 'similar-birth-date') return name[0] === 'name' ? 'likely' : 'possible'
  // Of two with one name, born on days that have little in common, it is said of nobody that they are the same.
  return bothDays ? undefined : 'possible'
}

/**
 * Whether somebody on file may be the same as somebody who has no profile yet.
 * @param birthDate of the latter
 * @returns how likely, and what both have in common; nothing when they are two people as far as anybody can tell
 */
export const judgeAlike = (
  birthDate: string | null,
  facts: Facts,
): { how: How; alikeIn: readonly AlikeIn[] } | undefined => {
  const [name, day, identifiers] = [ofName(facts), ofBirthDate(birthDate, facts), ofIdentifiers(facts)]
  const bothDays = birthDate !== null && facts.birthDate !== null
  const how = identifiers.length > 0 ? 'likely' : howAlike(name, day, bothDays, facts)
  return how && { how, alikeIn: [...identifiers, ...name, ...day] }
}
