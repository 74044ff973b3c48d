/** How sure a way to log in makes us, and why. */
export interface Check {
  assuranceLevel: number
  reasons: readonly string[]
}

const names: Record<number, string> = { 1: 'Basic check (AAL1)', 2: 'Standard check (AAL2)', 3: 'Strong check (AAL3)' }

/** The word in "a strong check". */
export const levelWord = (level: number): string => ['basic', 'basic', 'standard', 'strong'][level] ?? 'basic'

/** "Standard check (AAL2)". */
export const levelName = (level: number): string => names[level] ?? `Check (AAL${level})`

const list = (reasons: readonly string[]): string =>
  reasons.length < 2 ? reasons.join('') : `${reasons.slice(0, -1).join(', ')} and ${reasons.at(-1)}`

/** "Standard check (AAL2), because this phone can copy its passkey to your other devices." */
export const checkWords = ({ assuranceLevel, reasons }: Check): string => {
  const name = levelName(assuranceLevel)
  return reasons.length === 0 ? `${name}.` : `${name}, because ${list(reasons)}.`
}
