/** Makes one decision after the other: one of so many options, counted from 0. */
export type Choose = (options: number) => number

/** Spoils bytes in one way. */
export type Fault = (bytes: Buffer, choose: Choose) => Buffer

/** Bytes, and the form that they have, if they have one. */
export interface Part {
  bytes: Buffer
  form?: Form | undefined
}

/** Bytes taken apart. What is put together again has right lengths, whatever became of the parts. */
export interface Opened {
  parts: Part[]
  close: (parts: readonly Buffer[]) => Buffer
}

/** How bytes of one kind are taken apart, and what can be wrong with them that a flipped bit would seldom find. */
export interface Form {
  /** @throws Error when the bytes have another form, or nothing in them */
  open: (bytes: Buffer) => Opened
  faults: readonly Fault[]
}

/** Takes the drawn decisions in their order; once they are used up, the first option each time. */
export const chooser = (drawn: readonly number[]): Choose => {
  let next = 0
  return (options) => (drawn[next++] ?? 0) % options
}

/** One of several, which must be at least one. */
export const oneOf = <T>(several: readonly T[], choose: Choose): T => {
  const chosen = several[choose(several.length)]
  if (chosen === undefined) throw new RangeError('There is nothing to choose from')
  return chosen
}

/** Puts one of several things in the place of whatever there was. */
export const replaceBy =
  (things: readonly (string | Buffer)[]): Fault =>
  (_bytes, choose) =>
    Buffer.from(oneOf(things, choose))
