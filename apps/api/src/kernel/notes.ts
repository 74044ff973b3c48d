/** What is noted about objects, each on the object itself. */
export interface Notes<On extends object, Note> {
  get(on: On): Note | undefined
  set(on: On, note: Note | undefined): void
}

/**
 * Notes about objects that live for a moment, such as requests: they go with them. A WeakMap says the same, but V8 frees what it
 * holds in the rare collections of everything alone, so that each request stayed in memory for seconds, with all that hung on it.
 * @returns notes that nobody else can read or write
 */
export const notes = <On extends object, Note>(): Notes<On, Note> => {
  const key = Symbol('note')
  return {
    get: (on) => (on as Record<symbol, Note | undefined>)[key],
    set: (on, note) => {
      ;(on as Record<symbol, Note | undefined>)[key] = note
    },
  }
}
