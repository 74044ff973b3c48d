import { readWorkers } from '#workers'
import { type Setting, wholeNumber } from './setting.ts'

/** How much a machine takes, and how it stops. */
export const servingSettings = {
  workers: {
    name: 'FOBWATCH_WORKERS',
    meaning:
      'How many processes serve on this machine; each opens `DATABASE_CONNECTIONS`. With 1 there is one process.',
    unset: 'as many as there are cores',
    read: readWorkers,
  } satisfies Setting<number>,
  requestsAtOnce: {
    name: 'FOBWATCH_REQUESTS_AT_ONCE',
    meaning:
      'How many requests one process has under way at most: above it all are refused with 503, and above half of it those that begin something.',
    unset: '1000',
    read: wholeNumber(10, 100_000, 1_000),
  } satisfies Setting<number>,
  longestDelay: {
    name: 'FOBWATCH_LONGEST_DELAY',
    meaning:
      'How many milliseconds late one process may be, on average over a second: above it all requests are refused with 503, and above half of it those that begin something.',
    unset: '500',
    read: wholeNumber(50, 600_000, 500),
  } satisfies Setting<number>,
  drainSeconds: {
    name: 'FOBWATCH_DRAIN_SECONDS',
    meaning: 'How long a service that was told to end still serves, while /health/ready says 503 to balancers.',
    unset: '5',
    read: wholeNumber(0, 600, 5),
  } satisfies Setting<number>,
  stopSeconds: {
    name: 'FOBWATCH_STOP_SECONDS',
    meaning: 'How long what is under way may take after that, before the service ends all the same, with exit code 1.',
    unset: '30',
    read: wholeNumber(1, 600, 30),
  } satisfies Setting<number>,
} as const
