import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ChooseOne } from '../../../../parts/choices.tsx'
import { ErrorSummary, type FieldError, Form } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import type { Draft } from '../../../../words/applications/fields.ts'
import { presetChoices, presetOf, withPreset } from '../../../../words/applications/presets.ts'

const field = 'kind'

/** What kind of application it is, which decides how it proves itself. */
export const KindPage = ({ draft, onWritten }: { draft: Draft; onWritten: (draft: Draft) => void }) => {
  const [kind, setKind] = useState<string | undefined>(presetOf(draft))
  const [error, setError] = useState<FieldError>()
  const goOn = () => {
    if (!kind) return setError({ field, message: 'Select what kind of application it is' })
    onWritten(kind === presetOf(draft) ? draft : withPreset(draft, kind))
  }
  const title = 'What kind of application is it?'
  return (
    <Page title={title} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <Form onSubmit={goOn}>
        <ChooseOne
          id={field}
          legend={title}
          isTitle
          options={presetChoices}
          value={kind}
          error={error}
          onChange={setKind}
        />
        <Button type="submit">Continue</Button>
      </Form>
      <LineLink href="/desk/applications">Go back without adding it</LineLink>
    </Page>
  )
}
