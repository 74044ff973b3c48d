/** What one metric is. Labels are bounded by the code: never a person, an address, or anything that came from outside. */
interface Meaning {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  /** How the values of several processes on one machine become one; their sum unless given. */
  readonly together?: 'sum' | 'max' | 'min'
}

/** Every metric of our own, in the order of docs/metrics.md. */
export const meanings = {
  ceremonies: {
    kind: 'counter',
    name: 'fobwatch_ceremonies_total',
    labels: ['ceremony', 'outcome', 'kind'],
    help: 'Answers of devices: to log in (sign-in), to prove it again (reassert), from a link (enrolment) or beside others (adding); done, a code of the closed list of refusals, or failed; the kind of device, unknown where it was not found out.',
  },
  signIns: {
    kind: 'counter',
    name: 'fobwatch_sign_ins_total',
    labels: ['aal', 'identity_level'],
    help: 'Sessions that a device opened, by the level of the check and the level to which the identity was proved.',
  },
  refusals: {
    kind: 'counter',
    name: 'fobwatch_refusals_total',
    labels: ['code'],
    help: 'Requests that were refused, by code. server_fault is a fault of ours, unavailable a database that is away. The protocol’s own errors are not among them.',
  },
  shed: {
    kind: 'counter',
    name: 'fobwatch_requests_shed_total',
    labels: [],
    help: 'Requests that were refused with 503 because there was too much to do.',
  },
  limited: {
    kind: 'counter',
    name: 'fobwatch_limits_refused_total',
    labels: ['limit'],
    help: 'Requests that a limit refused, by limit.',
  },
  answers: {
    kind: 'histogram',
    name: 'fobwatch_http_request_duration_seconds',
    labels: ['method', 'route', 'status'],
    help: 'How long requests took until they were answered, by route pattern and class of status.',
  },
  underWay: {
    kind: 'gauge',
    name: 'fobwatch_http_requests_under_way',
    labels: [],
    help: 'Requests that have come whole and are not answered yet.',
  },
  connections: {
    kind: 'gauge',
    name: 'fobwatch_database_pool_connections',
    labels: ['state'],
    help: 'Connections to the database: busy or idle.',
  },
  waiting: {
    kind: 'gauge',
    name: 'fobwatch_database_pool_waiting',
    labels: [],
    help: 'Statements and transactions that wait for a connection.',
  },
  statementErrors: {
    kind: 'counter',
    name: 'fobwatch_database_errors_total',
    labels: ['kind'],
    help: 'Statements that failed: unavailable, where the database was away or overloaded; conflict, where somebody else was faster, which is expected; fault for all else.',
  },
  databaseUp: {
    kind: 'gauge',
    name: 'fobwatch_database_up',
    labels: [],
    together: 'min',
    help: 'Whether the database answered when it was last asked for these metrics: 1 or 0. While it is 0, the metrics that are read from it are left out.',
  },
  jobRuns: {
    kind: 'counter',
    name: 'fobwatch_job_runs_total',
    labels: ['job', 'outcome'],
    help: 'Runs of what the service does by itself: done, failed, or left to another instance.',
  },
  jobSeconds: {
    kind: 'gauge',
    name: 'fobwatch_job_last_duration_seconds',
    labels: ['job'],
    together: 'max',
    help: 'How long the last run took that was done here.',
  },
  jobSuccess: {
    kind: 'gauge',
    name: 'fobwatch_job_last_success_timestamp_seconds',
    labels: ['job'],
    together: 'max',
    help: 'When a job was last begun that then succeeded, at any instance; for those that each instance does for itself, here.',
  },
  jobPeriod: {
    kind: 'gauge',
    name: 'fobwatch_job_period_seconds',
    labels: ['job'],
    together: 'max',
    help: 'How often a job is done.',
  },
  outboxWaiting: {
    kind: 'gauge',
    name: 'fobwatch_outbox_waiting',
    labels: [],
    together: 'max',
    help: 'What others are still to be told, such as log outs and mail; counted up to 10,000.',
  },
  outboxOldest: {
    kind: 'gauge',
    name: 'fobwatch_outbox_oldest_seconds',
    labels: [],
    together: 'max',
    help: 'For how long the oldest of them has waited; 0 where there is none.',
  },
  undelivered: {
    kind: 'counter',
    name: 'fobwatch_outbox_undelivered_total',
    labels: ['kind', 'outcome'],
    help: 'Tries to tell others that failed: put-off is tried again, given-up never.',
  },
  keyAge: {
    kind: 'gauge',
    name: 'fobwatch_signing_key_age_seconds',
    labels: ['algorithm'],
    together: 'max',
    help: 'For how long the key has signed that signs now.',
  },
  keyNext: {
    kind: 'gauge',
    name: 'fobwatch_signing_key_rotation_seconds',
    labels: ['algorithm'],
    together: 'min',
    help: 'How long until the next key is to sign; below 0 where it is overdue.',
  },
  unsealed: {
    kind: 'gauge',
    name: 'fobwatch_audit_unsealed_events',
    labels: [],
    together: 'max',
    help: 'Events of the audit log that came after the newest sealed one; counted up to 10,000.',
  },
  unsealedOldest: {
    kind: 'gauge',
    name: 'fobwatch_audit_unsealed_oldest_seconds',
    labels: [],
    together: 'max',
    help: 'How old the oldest of them is; 0 where there is none.',
  },
  damage: {
    kind: 'counter',
    name: 'fobwatch_audit_damage_total',
    labels: [],
    help: 'How often the log was found to be other than it was sealed. Anything but 0 is an incident.',
  },
} as const satisfies Record<string, Meaning>

/** The table of docs/metrics.md, so that it cannot differ from what is served. */
export const describeMetrics = (): string =>
  [
    '| metric | kind | labels | what it means |',
    '|---|---|---|---|',
    ...Object.values<Meaning>(meanings).map(({ name, kind, labels, help }) => {
      const named = labels.map((label) => `\`${label}\``).join(', ')
      return `| \`${name}\` | ${kind} | ${named} | ${help} |`
    }),
  ].join('\n')
