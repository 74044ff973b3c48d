// Who may import whom. The rooms of the service stand on floors, and every import goes downstairs, through the door.
// tools/import-directions.test.ts plants a violation of each rule and expects it to be found.

/** From the ground up; rooms on one floor do not know each other. */
const floors = [
  ['kernel'],
  ['http', 'limits', 'commands', 'jobs', 'mail', 'outbound', 'csv', 'workers', 'metrics'],
  ['audit', 'tracing'],
  ['keys', 'people', 'access', 'webauthn', 'assurance', 'clients'],
  ['authenticators'],
  ['sessions'],
  ['enrolment', 'sign-in', 'personal-data'],
  ['oidc', 'registration-authority', 'directory', 'explain'],
  ['demonstration', 'recovery'],
  ['config'],
]

const tests = '\\.test(ing)?\\.ts$'
const anyRoom = '^apps/api/src/[^/]+/'
const oneOf = (rooms) => `^apps/api/src/(${rooms.join('|')})/`
const vendor = (names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`

/** From the top floor, which is one room, there is nothing but downstairs. */
const downstairsOnly = floors.slice(0, -1).map((rooms, floor) => ({
  name: `downstairs-only-from-floor-${floor}`,
  comment: 'Import from lower floors only; declare what you need of a neighbour as a type, and let app.ts supply it.',
  severity: 'error',
  from: { path: oneOf(rooms), pathNot: tests },
  to: { path: oneOf(floors.slice(floor).flat()), pathNot: '^apps/api/src/$1/' },
}))

/** A vendor's library is known to one room, so that it can be replaced there. */
const oneVendorOneRoom = [
  ['@simplewebauthn/server', ['@simplewebauthn/server'], ['^apps/api/src/webauthn/']],
  ['X.509', ['@peculiar/x509', 'reflect-metadata'], ['^apps/api/src/(assurance|demonstration/personas)/']],
  ['CSV', ['csv-parse', 'csv-stringify'], ['^apps/api/src/csv/']],
  ['nodemailer', ['nodemailer'], ['^apps/api/src/mail/']],
  ['undici', ['undici'], ['^apps/api/src/outbound/']],
  ['prom-client', ['prom-client'], ['^apps/api/src/metrics/']],
  ['OpenTelemetry', ['@opentelemetry/[^/]+'], ['^apps/api/src/tracing/']],
  ['oidc-provider', ['oidc-provider'], ['^apps/api/src/oidc/']],
  ['jose', ['jose'], ['^apps/api/src/keys/', '^packages/token-verifier/']],
  ['@simplewebauthn/browser', ['@simplewebauthn/browser'], ['^apps/web/src/ceremony/']],
  ['openid-client', ['openid-client'], ['^apps/relying-app/']],
  ['pg and Prisma', ['pg', '@prisma/[^/]+', 'prisma'], ['^packages/(store|local-postgres)/', '^prisma\\.config\\.ts$']],
].map(([title, names, rooms]) => ({
  name: `one-room-for-${title.replaceAll(/[@/ ]+/g, '-').replace(/^-/, '')}`,
  comment: `${title} belongs to one room.`,
  severity: 'error',
  from: { pathNot: [...rooms, tests, '^(e2e|tools)/', '^packages/(testkit|bench)/', 'node_modules'] },
  to: { path: vendor(names) },
}))

module.exports = {
  forbidden: [
    ...downstairsOnly,
    ...oneVendorOneRoom,
    {
      name: 'every-room-has-a-floor',
      comment: 'Give the room a floor in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: anyRoom, pathNot: oneOf(floors.flat()) },
      to: {},
    },
    {
      name: 'through-the-door',
      comment: 'Import another room by its door, `#room`.',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: { path: anyRoom, pathNot: ['^apps/api/src/$1/', '^apps/api/src/[^/]+/index\\.ts$', '\\.testing\\.ts$'] },
    },
    {
      name: 'through-the-door-from-above',
      comment: 'Import a room by its door, `#room`.',
      severity: 'error',
      from: { path: '^apps/api/src/[^/]+\\.ts$', pathNot: tests },
      to: { path: anyRoom, pathNot: '^apps/api/src/[^/]+/index\\.ts$' },
    },
    {
      name: 'rooms-do-not-know-the-house',
      comment: 'What a room needs is handed to it by app.ts.',
      severity: 'error',
      from: { path: anyRoom, pathNot: tests },
      to: { path: '^apps/api/src/[^/]+\\.ts$' },
    },
    {
      name: 'store-behind-store-ts',
      comment: "Only a room's store.ts, serve.ts, cli.ts and app.ts touch the database.",
      severity: 'error',
      from: { path: '^apps/', pathNot: [tests, '/store\\.ts$', '^apps/api/src/(serve|cli|app)\\.ts$'] },
      to: { path: '^packages/store/' },
    },
    {
      name: 'kernel-knows-contracts-only',
      comment: 'The kernel imports nothing of ours but the list of refusals.',
      severity: 'error',
      from: { path: '^apps/api/src/kernel/', pathNot: tests },
      to: { path: '^(apps|packages)/', pathNot: ['^apps/api/src/kernel/', '^packages/contracts/'] },
    },
    {
      name: 'contracts-know-the-schema-library-only',
      comment: 'The browser loads packages/contracts too.',
      severity: 'error',
      from: { path: '^packages/contracts/', pathNot: tests },
      to: { pathNot: ['^packages/contracts/', vendor(['typebox'])] },
    },
    {
      name: 'packages-never-import-apps',
      comment: 'The benchmark alone fills the service that it measures, by its doors.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/bench/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'test-helpers-in-tests-only',
      comment: 'Production carries neither the testkit nor the embedded database.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [tests, '^packages/(testkit|bench|local-postgres)/'] },
      to: { path: '^packages/(testkit|local-postgres)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that the cruiser cannot follow is one it cannot judge.',
      severity: 'error',
      // Programs of other people's libraries, which the proofs install elsewhere.
      from: { pathNot: '^tools/prove/[^/]+/node/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // What was built is not source; what lies in the dist of a library is that library.
    // What a library or the generated client imports is theirs to decide.
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: '^(apps|packages)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
}
