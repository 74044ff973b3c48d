/** What one of those who tried at once was told. */
export interface Answer {
  /** Which instance answered: 0 is the first. */
  instance: number
  status: number
  /** The `error` of a refusal; of a success, nothing. */
  error: string | undefined
}

/** What may be said of a kind of thing that is used once. */
export interface Rule {
  /** The errors that those who come too late may hear. */
  tooLate: readonly string[]
}

/**
 * Holds the answers of one race against the rule: one success, and everyone else refused because they were too late.
 * @returns what is wrong, or nothing
 */
export const judge = (answers: readonly Answer[], { tooLate }: Rule): string | undefined => {
  const broken = answers.find(({ status }) => status >= 500)
  if (broken) return `instance ${broken.instance} answered ${broken.status} (${broken.error})`
  const successes = answers.filter(({ status }) => status === 200).length
  if (successes !== 1) return `${successes} of ${answers.length} succeeded`
  // Refused for another reason, they would not have been in the race.
  const astray = answers.find(({ status, error }) => status !== 200 && !tooLate.includes(error ?? ''))
  return astray && `instance ${astray.instance} refused with ${astray.status} ${astray.error}`
}
