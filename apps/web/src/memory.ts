/** What this tab keeps while it is open. A browser may forbid it: then the tab forgets, and nothing else happens. */
const inTab = <T>(use: (storage: Storage) => T): T | undefined => {
  try {
    return use(sessionStorage)
  } catch {
    return undefined
  }
}

export type Remembered = 'set-up-code' | 'set-up-typed' | 'next-page'

const keyOf = (what: Remembered) => `fobwatch:${what}`

export const remember = (what: Remembered, value: string): void => inTab((tab) => tab.setItem(keyOf(what), value))

export const recall = (what: Remembered): string | undefined => inTab((tab) => tab.getItem(keyOf(what))) ?? undefined

export const forget = (what: Remembered): void => inTab((tab) => tab.removeItem(keyOf(what)))
