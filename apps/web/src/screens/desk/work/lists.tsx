import type { ExpiringAssignments, NewStarters, OpenLinks, PausedAuthenticators } from '@fobwatch/contracts'
import { call } from '../../../api.ts'
import { dayWords, momentWords } from '../../../words/dates.ts'
import { type Asked, daysChoice, PagedList, personColumn } from '../paged-list.tsx'

type Days = '7' | '30' | '60' | '90'
type Because = PausedAuthenticators['paused'][number]['because']

/** Roles that end soon, the soonest first. */
export const Expiring = () => (
  <PagedList<ExpiringAssignments['rows'][number]>
    title="Roles that end soon"
    none="No role ends in that time."
    choices={[
      {
        ...daysChoice(false),
        options: [
          { value: '30', label: '30 days' },
          ...daysChoice(false).options.filter(({ value }) => value !== '30'),
        ],
      },
    ]}
    read={({ within, ...asked }) =>
      call('GET /api/desk/work/expiring', { ...asked, ...(within && { within: within as Days }) })
    }
    keyOf={({ id }) => id}
    columns={[
      personColumn,
      { heading: 'Role', cell: ({ position }) => position },
      { heading: 'Place', cell: ({ organisation }) => organisation },
      { heading: 'Ends', cell: ({ expiresAt }) => dayWords(expiresAt) },
    ]}
  />
)

const becauseWords: Record<Because, string> = {
  lost: 'Lost',
  stolen: 'Stolen',
  desk: 'The desk paused it',
  model: 'Its kind is not safe any more',
  copied: 'Its key was copied',
}

const readPaused = async ({ because, after }: Asked) => {
  const { paused, next } = await call('GET /api/desk/authenticators/paused', {
    ...(because && { because: because as Because }),
    ...(after && { after }),
  })
  return { rows: paused, next }
}

/** Devices that are paused, the longest first. */
export const Paused = () => (
  <PagedList<PausedAuthenticators['paused'][number]>
    title="Devices that are paused"
    none="No device is paused for that reason."
    choices={[
      {
        name: 'because',
        label: 'Why',
        options: [
          { value: '', label: 'All' },
          ...Object.entries(becauseWords).map(([value, label]) => ({ value, label })),
        ],
      },
    ]}
    read={readPaused}
    keyOf={({ id }) => id}
    columns={[
      personColumn,
      { heading: 'Device', cell: ({ name }) => name },
      { heading: 'Why', cell: ({ because }) => becauseWords[because] },
      { heading: 'Since', cell: ({ since }) => dayWords(since) },
    ]}
  />
)

/** New people with nothing to log in with, the longest waiting first. */
export const Starters = () => (
  <PagedList<NewStarters['rows'][number]>
    title="New starters without a way to log in"
    none="Every new starter has a way to log in."
    read={(asked) => call('GET /api/desk/work/new-starters', asked)}
    keyOf={({ staffId }) => staffId}
    columns={[
      personColumn,
      { heading: 'Employer', cell: ({ organisation }) => organisation },
      { heading: 'Since', cell: ({ createdAt }) => dayWords(createdAt) },
      { heading: 'Role', cell: ({ hasRole }) => (hasRole ? 'Has one' : 'None yet') },
      { heading: 'Set-up link', cell: ({ hasLink }) => (hasLink ? 'Sent, not used yet' : 'Not sent yet') },
    ]}
  />
)

const channels: Record<string, string> = { link: 'Link', code: 'Short code', pass: 'Temporary pass' }

/** Links that nobody used yet, those first that stop working first. */
export const Links = () => (
  <PagedList<OpenLinks['rows'][number]>
    title="Links sent and not used yet"
    none="No link waits to be used."
    read={(asked) => call('GET /api/desk/work/links', asked)}
    keyOf={({ id }) => id}
    columns={[
      personColumn,
      { heading: 'What', cell: ({ channel }) => channels[channel] ?? channel },
      { heading: 'Made by', cell: ({ issuedBy }) => issuedBy ?? 'A command' },
      { heading: 'Opened', cell: ({ openedAt }) => (openedAt ? momentWords(openedAt) : 'Not opened yet') },
      { heading: 'Works until', cell: ({ expiresAt }) => momentWords(expiresAt) },
    ]}
  />
)
