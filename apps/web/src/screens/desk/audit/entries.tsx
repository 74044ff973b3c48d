import type { AuditEntry, AuditPage } from '@fobwatch/contracts'
import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { announce } from '../../../parts/announcer.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { momentWords } from '../../../words/dates.ts'
import { eventWords } from '../../../words/events.ts'
import { type Asked, addressOf } from './asked.ts'
import { factsOf } from './facts.ts'

/** Somebody as far as the reader may know: by name, by number, or as somebody elsewhere. */
const Somebody = ({ who, nobody }: { who: AuditEntry['person']; nobody: string }) => {
  if (!who) return <>{nobody}</>
  const { staffId, name } = who
  if (staffId === null) return <>Someone at another organisation</>
  if (name === null) return <>User number {staffId}</>
  return <Link href={`/desk/people/${staffId}`}>{name}</Link>
}

const More = ({ entry }: { entry: AuditEntry }) => (
  <details class="nhsuk-details">
    <summary class="nhsuk-details__summary">
      <span class="nhsuk-details__summary-text">
        More<span class="nhsuk-u-visually-hidden"> about: {eventWords(entry)}</span>
      </span>
    </summary>
    <div class="nhsuk-details__text fobwatch-breakable">
      <SummaryList rows={factsOf(entry)} lastBorder={false} />
    </div>
  </details>
)

const columns: readonly Column<AuditEntry>[] = [
  {
    heading: 'What happened',
    cell: (entry) => (
      <>
        {eventWords(entry)}
        <More entry={entry} />
      </>
    ),
  },
  { heading: 'When', cell: ({ at }) => momentWords(at) },
  { heading: 'To whom', cell: ({ person }) => <Somebody who={person} nobody="Nobody" /> },
  { heading: 'Who did it', cell: ({ actor }) => <Somebody who={actor} nobody="Fobwatch, or a command" /> },
]

const countWords = ({ rows, next }: AuditPage): string => {
  if (rows.length === 0) return 'Nothing found'
  const found = rows.length === 1 ? '1 thing that happened' : `${rows.length} things that happened`
  return next ? `The newest ${found}` : found
}

/** What was found, newest first. */
export const Entries = ({ page, asked }: { page: AuditPage; asked: Asked }) => {
  const isFurther = asked.after !== ''
  const words = isFurther && page.rows.length > 0 ? countWords({ ...page, next: null }) : countWords(page)
  useEffect(() => announce(words), [page])
  return (
    <>
      <h2 class="nhsuk-heading-m">{words}</h2>
      {page.rows.length === 0 && <p>Nothing in the log is as you asked. Leave more of the fields empty.</p>}
      {page.rows.length > 0 && (
        <Table caption="What happened, newest first" columns={columns} rows={page.rows} keyOf={({ id }) => id} />
      )}
      {page.next && <LineLink href={addressOf({ ...asked, after: page.next })}>Older</LineLink>}
      {isFurther && <LineLink href={addressOf({ ...asked, after: '' })}>Back to the newest</LineLink>}
    </>
  )
}
