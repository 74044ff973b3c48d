import type { AuthenticatorPolicy, PolicyAtPlace } from '@fobwatch/contracts'
import type { ComponentChild, FunctionComponent } from 'preact'
import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { placeHref, placeWords } from '../../../words/place-of-rules.ts'
import { type Demand, demandNames } from '../../../words/policies.ts'
import { KindsEditor } from './editors/kinds.tsx'
import { LevelEditor } from './editors/levels.tsx'
import { ModelsEditor } from './editors/models.tsx'
import { NoticesEditor } from './editors/notices.tsx'
import type { EditorProps } from './editors/props.ts'
import { UnusedEditor } from './editors/unused.tsx'
import { WordEditor } from './editors/words.tsx'

/** Models are searched for by a form of its own, which cannot stand within another. */
const isOfModels = (demand: Demand) => demand === 'allowAaguids' || demand === 'denyAaguids'

const editors: Record<Exclude<Demand, 'allowAaguids' | 'denyAaguids'>, FunctionComponent<EditorProps>> = {
  kinds: KindsEditor,
  synced: WordEditor,
  minimumAssuranceLevel: LevelEditor,
  minimumIdentityLevel: LevelEditor,
  attestation: WordEditor,
  minimumCertification: WordEditor,
  prohibitedStatuses: NoticesEditor,
  maximumUnusedDays: UnusedEditor,
  copiedKey: WordEditor,
}

interface Props {
  place: PolicyAtPlace
  demand: Demand
  /** As it was thought of last. */
  policy: AuthenticatorPolicy
  busy: boolean
  onThink: (policy: AuthenticatorPolicy) => unknown
}

/** What one rule is to be. */
export const EditRule = ({ place, demand, policy, busy, onThink }: Props) => {
  const [value, setValue] = useState<unknown>(policy[demand])
  const [fault, setFault] = useState<string>()
  const [error, setError] = useState<FieldError>()
  const look = () => {
    const next = fault ? { field: demand, message: fault } : undefined
    setError(next)
    if (next) return
    const { [demand]: _before, ...rest } = policy
    onThink(value === undefined ? rest : { ...rest, [demand]: value })
  }
  const change = (next: unknown, wrong?: string) => {
    setValue(next)
    setFault(wrong)
  }
  const form = (inputs: ComponentChild) => (
    <Form onSubmit={look}>
      {inputs}
      <Button type="submit" busy={busy}>
        Check who this locks out
      </Button>
    </Form>
  )
  const given = { demand, value, models: place.models, error, onChange: change }
  const Editor = editors[demand as keyof typeof editors]
  return (
    <Page title={demandNames[demand]} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>{placeWords(place)}.</p>
      {isOfModels(demand) ? <ModelsEditor {...given} form={form} /> : form(<Editor {...given} />)}
      <LineLink href={placeHref(place)}>Go back without changing it</LineLink>
    </Page>
  )
}
