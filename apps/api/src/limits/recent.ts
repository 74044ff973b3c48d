/**
 * A map that holds so many entries and no more: whichever was set longest ago goes first. However many addresses somebody
 * comes from, what is remembered of them takes no more memory.
 */
export const recent = <Value>(most: number) => {
  const entries = new Map<string, Value>()
  return {
    get: (key: string) => entries.get(key),
    set: (key: string, value: Value) => {
      entries.delete(key)
      entries.set(key, value)
      const oldest = entries.size > most ? entries.keys().next() : undefined
      if (oldest && !oldest.done) entries.delete(oldest.value)
    },
    entries: () => entries.entries(),
    get size() {
      return entries.size
    },
  }
}
