import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useSession } from '../../../session.tsx'
import { endOfDay } from '../../../words/end-of-day.ts'
import { standingWords } from '../../../words/standing.ts'
import { changesEveryKind } from './actions.ts'
import { useWayDeed } from './use-deed.ts'
import type { WayProps } from './way-props.ts'

const field = 'date'
const untilMidnight = 'For example, 27 3 2027. It works until midnight.'
/** What else a day has to be that renews a smartcard. */
const renewed = {
  later: 'Not sooner than it ends now, and 2 years from now at most.',
  first: 'At least 30 days from now, and 2 years at most.',
}

/** Says until when a way lasts, or that it lasts. */
export const EndDate = ({ person: { staffId, name }, way }: WayProps) => {
  const mayEndAtWill = changesEveryKind(useSession().session?.desk ?? [])
  const [date, setDate] = useState('')
  const [error, setError] = useState<FieldError>()
  const deed = useWayDeed(staffId, `you set an end date for “${way.name}”`, `The end date of “${way.name}” is changed.`)
  const save = (expiresAt: string | null) =>
    deed.run(() => call('POST /api/desk/people/:staffId/authenticators/:id/expiry', { staffId, id: way.id, expiresAt }))
  const saveDate = () => {
    const end = endOfDay(date, new Date())
    if (typeof end === 'string') return setError({ field, message: end })
    setError(undefined)
    save(end.toISOString())
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page
      title={`Until when does “${way.name}” work?`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      {way.expiresAt && <p>{standingWords(way, 'desk')}</p>}
      <p>After that {name} needs another way to log in, or a new one from the desk.</p>
      <Form onSubmit={saveDate}>
        <TextField
          id={field}
          label="Last day"
          hint={mayEndAtWill ? untilMidnight : `${untilMidnight} ${renewed[way.expiresAt ? 'later' : 'first']}`}
          value={date}
          error={error}
          onInput={setDate}
        />
        <Button type="submit" busy={deed.busy}>
          Save
        </Button>
      </Form>
      {mayEndAtWill && way.expiresAt && (
        <p>
          <Button kind="secondary" busy={deed.busy} onPress={() => save(null)}>
            No end date
          </Button>
        </p>
      )}
      <LineLink href={deed.back}>Go back without changing it</LineLink>
    </Page>
  )
}
