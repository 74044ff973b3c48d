import type { DeskOrganisation } from '@fobwatch/contracts'
import type { ComponentChildren } from 'preact'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { type FieldError, Form } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { DocumentFields, type TypedDocuments } from '../document-fields.tsx'
import { LevelFields, type TypedProof } from '../level-fields.tsx'
import { ContactFields, NameFields, type Typed } from '../person-fields.tsx'
import { ChoosePlace } from './choose-place.tsx'

/** Somebody new, as far as they are typed. */
export interface Draft {
  typed: Typed
  /** The code of where they work. */
  organisation: string
  proof: TypedProof
  documents: TypedDocuments
}

interface StepProps {
  draft: Draft
  errors: readonly FieldError[]
  busy: boolean
  hasErrors: boolean
  before: ComponentChildren
  onChange: (draft: Draft) => void
  onGoOn: () => unknown
}

interface FrameProps extends StepProps {
  title: string
  button?: string
  children: ComponentChildren
}

const Step = ({ title, button = 'Continue', hasErrors, before, busy, onGoOn, children }: FrameProps) => (
  <Page title={title} hasErrors={hasErrors} before={before}>
    <Form onSubmit={onGoOn}>
      {children}
      <Button type="submit" busy={busy}>
        {button}
      </Button>
    </Form>
    <LineLink href="/desk">Stop adding this person</LineLink>
  </Page>
)

/** Who they are. */
export const Who = (props: StepProps) => (
  <Step {...props} title="Add a person">
    <p>Search for them first. Somebody who left can be brought back.</p>
    <NameFields
      typed={props.draft.typed}
      errors={props.errors}
      onType={(typed) => props.onChange({ ...props.draft, typed })}
    />
  </Step>
)

/** Where they work, and how they are reached. */
export const Place = ({ places, ...props }: StepProps & { places: readonly DeskOrganisation[] | undefined }) => {
  const { draft, errors, onChange } = props
  const error = errors.find(({ field }) => field === 'organisation')
  const choose = (organisation: string) => onChange({ ...draft, organisation })
  return (
    <Step {...props} title="Where do they work?">
      <ChoosePlace places={places} value={draft.organisation} error={error} onChange={choose} />
      <ContactFields typed={draft.typed} errors={errors} onType={(typed) => onChange({ ...draft, typed })} />
    </Step>
  )
}

/** How well they prove who they are. */
export const Level = (props: StepProps) => (
  <Step {...props} title="How do they prove who they are?">
    <LevelFields
      proof={props.draft.proof}
      errors={props.errors}
      onChoose={(proof) => props.onChange({ ...props.draft, proof })}
    />
  </Step>
)

/** What they showed. */
export const Documents = (props: StepProps) => (
  <Step {...props} title="What did they show you?" button="Add this person">
    <DocumentFields
      level={props.draft.proof.level ?? 1}
      typed={props.draft.documents}
      errors={props.errors}
      onType={(documents) => props.onChange({ ...props.draft, documents })}
    />
  </Step>
)
