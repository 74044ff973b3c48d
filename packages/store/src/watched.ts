import { nameOfStep, namesOfQuestion } from './ask.ts'
import type { Store } from './open-store.ts'

/** Goes round statements that are sent together, and does them. */
export type Around = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>

/** The same store, with somebody looking on, who sees the names of statements and never what they are asked with. */
export const watchedStore = (store: Store, around: Around): Store => ({
  ...store,
  rows: (asked, ...rest) => around([asked.name], () => store.rows(asked, ...rest)),
  row: (asked, ...rest) => around([asked.name], () => store.row(asked, ...rest)),
  run: (asked, ...rest) => around([asked.name], () => store.run(asked, ...rest)),
  ask: (question) => around(namesOfQuestion(question), () => store.ask(question)),
  together: (steps) => around(steps.map(nameOfStep), () => store.together(steps)),
})
