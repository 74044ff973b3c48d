import type { MayAssign, RaiseRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorSummary, Form } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TextArea } from '../../../../parts/text-area.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useDeed } from '../use-deed.ts'

const field = 'note'
const longest = 500

interface Props {
  /** What would be done, as in "give Nurse, Ward 7 to Wren". */
  what: string
  may: Extract<MayAssign, 'two-people' | 'by-request'>
  request: Omit<RaiseRequest, 'note'>
  back: string
}

const why = {
  'two-people': 'This lets them work at the desk, so it takes two people. Nothing is changed yet.',
  'by-request': 'Your duty lets you ask for this. Somebody else at the desk decides. Nothing is changed yet.',
}

/** Asks somebody else at the desk to agree, with a note for them. It is done when they agree. */
export const AskSomebody = ({ what, may, request, back }: Props) => {
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed('you ask somebody else', back, {
    request_taken: { field, message: 'This is asked for already. Wait until it is decided' },
  })
  const ask = () => {
    const words = note.trim().replace(/\s+/g, ' ')
    if (words.length > longest) return deed.setError({ field, message: `Note must be ${longest} characters or less` })
    return deed.run(async () => {
      await call('POST /api/desk/requests', { ...request, ...(words && { note: words }) })
      setAsked(true)
    })
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  if (asked)
    return (
      <Page title="You asked somebody else">
        <p>They can now agree or refuse. It is done as soon as they agree.</p>
        <LineLink href="/desk/requests">See your requests</LineLink>
        <LineLink href={back}>Go back to the person</LineLink>
      </Page>
    )
  return (
    <Page
      title="Somebody else has to agree"
      hasErrors={deed.error !== undefined}
      before={<ErrorSummary error={deed.error} />}
    >
      <p>You want to {what}.</p>
      <p>{why[may]}</p>
      <Form onSubmit={ask}>
        <TextArea
          id={field}
          label="Note for them (optional)"
          hint="Say why it is needed. Write nothing about patients."
          value={note}
          error={deed.error}
          onInput={setNote}
        />
        <Button type="submit" busy={deed.busy}>
          Ask somebody else
        </Button>
      </Form>
      <LineLink href={back}>Go back without asking</LineLink>
    </Page>
  )
}
