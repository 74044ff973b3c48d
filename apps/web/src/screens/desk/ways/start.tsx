import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { standingWords } from '../../../words/standing.ts'
import { NoteField, noteOf } from './note-field.tsx'
import { useWayDeed } from './use-deed.ts'
import type { WayProps } from './way-props.ts'

/** Ends the pause of a way, once it is known where it was. */
export const StartWay = ({ person: { staffId, name }, way }: WayProps) => {
  const [note, setNote] = useState('')
  const deed = useWayDeed(staffId, `“${way.name}” is used again`, `“${way.name}” works again.`)
  const start = () => {
    const body = { staffId, id: way.id, ...noteOf(note) }
    deed.run(() => call('POST /api/desk/people/:staffId/authenticators/:id/reinstate', body))
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={`Use “${way.name}” again?`}>
      <p>{standingWords(way, 'desk')}</p>
      <p>
        Whoever has it and can unlock it can log in as {name}. So check that it is {name} you talk to, and that they
        have it back.
      </p>
      <Form onSubmit={start}>
        <NoteField value={note} onInput={setNote} />
        <Button type="submit" busy={deed.busy}>
          Use it again
        </Button>
      </Form>
      <LineLink href={deed.back}>Go back and leave it paused</LineLink>
    </Page>
  )
}
