import { type Setting, wholeNumber } from './setting.ts'

/** What of the service whoever runs it can watch from outside. */
export const watchingSettings = {
  metricsPort: {
    name: 'FOBWATCH_METRICS_PORT',
    meaning: 'The port where Prometheus finds `/metrics`, apart from that of the service.',
    unset: 'there are none',
    read: (value) => (value ? wholeNumber(1, 65_535, 0)(value) : undefined),
  } satisfies Setting<number | undefined>,
  metricsHost: {
    name: 'FOBWATCH_METRICS_HOST',
    meaning: 'The address to listen on for that. Let nobody reach it but who watches.',
    unset: '127.0.0.1: this machine alone',
    read: (value) => value || '127.0.0.1',
  } satisfies Setting<string>,
} as const
