import type { MyEvent } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { announce } from '../../parts/announcer.tsx'
import { Button } from '../../parts/buttons.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { momentWords } from '../../words/dates.ts'
import { eventWords } from '../../words/events.ts'
import { fieldNames } from '../../words/people.ts'

const byWords = ({ mine, by }: MyEvent): string => {
  if (by) return `, by ${by.name}${by.role ? ` (${by.role})` : ''}`
  return mine ? '' : ', by somebody at the desk'
}

const line = (event: MyEvent): string => {
  const fields = event.fields.map((field) => fieldNames[field] ?? field).join(', ')
  const application = event.application ? `, ${event.application}` : ''
  return `${eventWords(event)}${fields && `: ${fields}`}${application}${byWords(event)}`
}

/** What somebody did and what was done to them, the newest first, a page at a time. */
export const MyHistory = () => {
  const first = useFetched('my-events', () => call('GET /api/me/events', {}))
  const [more, setMore] = useState<{ rows: MyEvent[]; next: string | null }>()
  const task = useTask()
  const rows = [...(first.value?.rows ?? []), ...(more?.rows ?? [])]
  const next = more ? more.next : first.value?.next
  const showMore = () =>
    task.run(async () => {
      if (!next) return
      const page = await call('GET /api/me/events', { after: next })
      setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next })
      announce(`${page.rows.length} more are shown.`)
    })
  return (
    <>
      <h2 class="nhsuk-heading-m">What happened</h2>
      {(first.trouble || task.trouble) && <p>This could not be shown. Load the page again.</p>}
      <ul class="nhsuk-list nhsuk-list--border">
        {rows.map((event, at) => (
          <li key={at}>
            <strong>{momentWords(event.at)}</strong>
            <br />
            {line(event)}
          </li>
        ))}
      </ul>
      {next && (
        <Button kind="secondary" busy={task.busy} onPress={showMore}>
          Show more
        </Button>
      )}
    </>
  )
}
