import { readSwitch, type Setting, wholeNumber } from './setting.ts'

const readCollector = (value: string | undefined): string | undefined => {
  if (!value) return undefined
  const url = URL.parse(value)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isWeb || url.search || url.hash) throw new Error('must be an address such as http://localhost:4318')
  if (url.username || url.password)
    throw new Error('must be without a password: give one by OTEL_EXPORTER_OTLP_HEADERS')
  return value
}

const readShare = (value: string | undefined): number => {
  const share = value ? Number(value) : 0.1
  if (!(share >= 0 && share <= 1)) throw new Error('must be a number from 0 to 1')
  return share
}

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
  tracesTo: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning:
      'Where an OpenTelemetry collector takes traces, by OTLP over HTTP in JSON: `/v1/traces` is added. `OTEL_EXPORTER_OTLP_HEADERS` may hold what it asks for.',
    unset: 'no traces',
    read: readCollector,
  } satisfies Setting<string | undefined>,
  tracesShare: {
    name: 'FOBWATCH_TRACES_SHARE',
    meaning: 'Which part of all requests is followed, from 0 to 1.',
    unset: '0.1',
    read: readShare,
  } satisfies Setting<number>,
  tracesTrustParent: {
    name: 'FOBWATCH_TRACES_TRUST_PARENT',
    meaning:
      'Whether a `traceparent` header is heeded, on or off. Only behind a proxy that sets it itself: whoever sends one decides what is followed.',
    unset: 'off',
    read: (value) => (value ? readSwitch(value) : false),
  } satisfies Setting<boolean>,
} as const
