import type { Figures } from './figures.ts'

/** Three places are more than any measurement is good for. */
const rounded = (_key: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)

/** Figures by scenario and contender, as one line of JSON. */
export const jsonOf = (results: Record<string, Record<string, Figures>>): string => JSON.stringify(results, rounded)
