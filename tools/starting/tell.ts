import { relative } from 'node:path'
import { root } from '../programs.ts'
import type { Seeded } from './foundations.ts'
import type { Settings } from './settings.ts'

/** What there is to know once everything runs. */
export const describeStart = (settings: Settings, { people, firstManager }: Seeded): string => {
  const { issuer, relyingAppUrl, dataDir, mailbox } = settings
  const kept = relative(root, dataDir).startsWith('..') ? dataDir : relative(root, dataDir)
  return [
    '',
    'Fobwatch is ready. Everyone in it is fictional.',
    '',
    `  The service           ${issuer}`,
    `  The ward application  ${relyingAppUrl}`,
    `  The API, described    ${issuer}/docs`,
    '  Your own application  docs/sandbox.md: a client that is ready, and personas to try it as',
    ...(mailbox ? [`  Mail to its people    ${issuer}/mailbox`] : []),
    `  Data and logs         ${kept}`,
    '',
    ...tellLinks(people.filter(({ url }) => url !== null)),
    ...tellOthers(people.filter(({ url }) => url === null)),
    ...tellManager(firstManager),
    'Ctrl-C stops everything; what is there is kept for the next start.',
    '',
  ].join('\n')
}

const tellLinks = (people: Seeded['people']): string[] => {
  if (people.length === 0) return []
  const width = Math.max(...people.map(({ name, job }) => `${name}, ${job}`.length))
  return [
    'To set up a device, open one of these links. Each is for one person and works once; opening it does not spend it.',
    'The number is what commands and the desk know the person by.',
    '',
    ...people.map(({ name, job, staffId, url }) => `  ${staffId}  ${`${name}, ${job}`.padEnd(width)}  ${url}`),
    '',
    `Then log in at the ward application.`,
    '',
  ]
}

const tellOthers = (people: Seeded['people']): string[] =>
  people.length === 0
    ? []
    : [
        'These have a device already. For a link to another, type: npm run fobwatch -- invite NUMBER',
        '',
        ...people.map(({ name, job, staffId, paused }) => `  ${staffId}  ${name}, ${job}${paused ? ' (paused)' : ''}`),
        '',
      ]

const tellManager = (manager: Seeded['firstManager']): string[] =>
  manager
    ? [
        `To make ${manager.name} the first registration authority manager, who can use the desk, type in another terminal:`,
        '',
        `  npm run fobwatch -- become-first-manager ${manager.staffId} ${manager.organisationCode}`,
        '',
        'If their link above is still unused, it stops working, and the command prints a new one.',
        '',
      ]
    : []
