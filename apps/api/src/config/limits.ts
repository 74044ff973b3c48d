import { type Setting, wholeNumber } from './setting.ts'

const perSecond = (fallback: number) => ({ unset: String(fallback), read: wholeNumber(1, 1_000_000, fallback) })

/** How much one may have, and how often they may fail. docs/operators.md says what to choose. */
export const limitSettings = {
  limitAddressPerSecond: {
    name: 'LIMIT_ADDRESS_PER_SECOND',
    meaning:
      'How many log ins a second may be begun from one address, and how many tried; 20 times as many at once, and 5 times as many other questions. A hospital of 20,000 behind one address begins some 70 a second at a change of shifts.',
    ...perSecond(200),
  } satisfies Setting<number>,
  limitBegunPerSecond: {
    name: 'LIMIT_BEGUN_PER_SECOND',
    meaning:
      'How many log ins a second may be begun from all addresses together; 20 times as many at once. Each is kept for 10 minutes at most, whether or not anybody finishes it.',
    ...perSecond(5_000),
  } satisfies Setting<number>,
  limitPersonPerSecond: {
    name: 'LIMIT_PERSON_PER_SECOND',
    meaning: 'How many requests a second somebody who is logged in may make; 20 times as many at once.',
    ...perSecond(50),
  } satisfies Setting<number>,
  limitClientPerSecond: {
    name: 'LIMIT_CLIENT_PER_SECOND',
    meaning:
      'How many requests a second an application or an HR feed may make that has proved who it is, and one that cannot from one address; 20 times as many at once.',
    ...perSecond(500),
  } satisfies Setting<number>,
  limitFailuresPerAddress: {
    name: 'LIMIT_FAILURES_PER_ADDRESS',
    meaning:
      'After how many failures in 15 minutes an address is told no more why it failed. What is right goes on being let in.',
    ...perSecond(100),
  } satisfies Setting<number>,
  limitFailuresPerPerson: {
    name: 'LIMIT_FAILURES_PER_PERSON',
    meaning: 'The same of failures with one passkey, or with any of one person, from anywhere.',
    ...perSecond(20),
  } satisfies Setting<number>,
  limitFailuresPerClient: {
    name: 'LIMIT_FAILURES_PER_CLIENT',
    meaning: 'The same of failures to prove that one is a certain application, from one address.',
    ...perSecond(50),
  } satisfies Setting<number>,
} as const
