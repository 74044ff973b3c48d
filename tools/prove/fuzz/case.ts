import fc from 'fast-check'

/**
 * Where a response is spoilt: `clientDataJSON`, `authData` and what a TPM says of a key (`tpm`) before the device signs
 * them; `answer`, what it gives after signing, byte by byte; the JSON around that; or the bytes of the request. What lies
 * deeper is tried more often.
 */
const places = [
  { arbitrary: fc.constant('clientDataJSON'), weight: 4 },
  { arbitrary: fc.constant('authData'), weight: 6 },
  { arbitrary: fc.constant('tpm'), weight: 1 },
  { arbitrary: fc.constant('answer'), weight: 8 },
  { arbitrary: fc.constant('response'), weight: 2 },
  { arbitrary: fc.constant('body'), weight: 1 },
] as const
export type Place = 'clientDataJSON' | 'authData' | 'tpm' | 'answer' | 'response' | 'body'

/** One case: what is spoilt, by which decisions, and whether it answers a challenge that nobody made. */
export interface Case {
  faults: { place: Place; drawn: number[] }[]
  stale: boolean
}

/** As many decisions as the longest way to a place and the fault there take; a later one is the first option. */
const mostDecisions = 48
const staleOnceIn = 10

const fault = fc.record({
  place: fc.oneof(...places),
  drawn: fc.array(fc.nat(), { minLength: mostDecisions, maxLength: mostDecisions }),
})

/** Every case, none likelier for being small. */
export const cases: fc.Arbitrary<Case> = fc.noBias(
  fc.record({
    faults: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fault) },
      { weight: 1, arbitrary: fc.array(fault, { minLength: 2, maxLength: 3 }) },
    ),
    stale: fc.nat({ max: staleOnceIn - 1 }).map((drawn) => drawn === staleOnceIn - 1),
  }),
)

/** The case in which nothing is wrong: what a control sends. */
export const untouched: Case = { faults: [], stale: false }
