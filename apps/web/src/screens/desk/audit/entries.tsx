import type { AuditEntry, AuditPage } from '@fobwatch/contracts'
import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { announce } from '../../../parts/announcer.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { momentWords } from '../../../words/dates.ts'
import { eventWords } from '../../../words/events.ts'
import { type Asked, addressOf } from './asked.ts'
import { factsOf } from './facts.ts'

/** Somebody as far as the reader may know: by name, by number, or as somebody elsewhere. */
const Somebody = ({ who: { staffId, name } }: { who: NonNullable<AuditEntry['person']> }) => {
  if (staffId === null) return <>Someone at another organisation</>
  if (name === null) return <>User number {staffId}</>
  return <Link href={`/desk/people/${staffId}`}>{name}</Link>
}

const More = ({ entry }: { entry: AuditEntry }) => (
  <details class="nhsuk-details nhsuk-u-margin-bottom-0">
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

const Entry = ({ entry }: { entry: AuditEntry }) => (
  <li class="fobwatch-result">
    <strong>{eventWords(entry)}</strong>
    <br />
    {momentWords(entry.at)}
    {entry.person && (
      <>
        <br />
        To: <Somebody who={entry.person} />
      </>
    )}
    <br />
    By: {entry.actor ? <Somebody who={entry.actor} /> : 'Fobwatch itself, or a command'}
    <More entry={entry} />
  </li>
)

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
        <ol class="fobwatch-results">
          {page.rows.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {page.next && <LineLink href={addressOf({ ...asked, after: page.next })}>Older</LineLink>}
      {isFurther && <LineLink href={addressOf({ ...asked, after: '' })}>Back to the newest</LineLink>}
    </>
  )
}
