/** A run of text, strong or not. */
export interface Run {
  text: string
  strong: boolean
}

/** Splits our own words at double asterisks: "Select **Log in**." has one strong run. */
export const runsOf = (words: string): Run[] =>
  words
    .split('**')
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
