import type { CreatePosition, PositionChoices, PositionInFull } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ChooseMany } from '../../../parts/choices.tsx'
import { Checkbox, ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SelectField } from '../../../parts/select-field.tsx'
import { TextArea } from '../../../parts/text-area.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useDeed } from './use-deed.ts'

/** A position as it is written; a duty is told from a role by what stands before it. */
interface Draft {
  name: string
  what: string
  activities: string[]
  workgroups: string[]
  areaCode: string
  areaName: string
  notes: string
  openedToSponsors: boolean
}

const empty: Draft = {
  ...{ name: '', what: '', areaCode: '', areaName: '', notes: '' },
  ...{ activities: [], workgroups: [], openedToSponsors: false },
}
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)

const draftOf = (position: PositionInFull): Draft => ({
  name: position.name,
  what: position.duty ? `duty ${position.duty.code}` : (position.role?.code ?? ''),
  ...{ activities: codes(position.activities), workgroups: codes(position.workgroups) },
  ...{ areaCode: position.areaOfWork?.code ?? '', areaName: position.areaOfWork?.name ?? '' },
  ...{ notes: position.notes ?? '', openedToSponsors: position.openedToSponsors },
})

type Written = Omit<CreatePosition, 'organisation'>

const written = (draft: Draft): Written => {
  const duty = draft.what.startsWith('duty ') ? draft.what.slice(5) : undefined
  const [name, notes] = [draft.name, draft.notes].map((text) => text.trim().replace(/\s+/g, ' '))
  const area = draft.areaCode.trim() && { areaOfWork: { code: draft.areaCode.trim(), name: draft.areaName.trim() } }
  const common = { name: name ?? '', ...(notes && { notes }) }
  if (duty) return { ...common, duty, activities: [], workgroups: [], openedToSponsors: false }
  const { what: role, activities, workgroups, openedToSponsors } = draft
  return { ...common, ...area, role, activities, workgroups, openedToSponsors }
}

const faultIn = ({ name, what, areaCode, areaName, notes }: Draft): FieldError | undefined => {
  if (name.trim() === '') return { field: 'name', message: 'Enter a name' }
  if (name.trim().length > 200) return { field: 'name', message: 'Name must be 200 characters or less' }
  if (what === '') return { field: 'what', message: 'Select a role or a duty' }
  if (areaCode.trim() && !/^P\d{4}:Q\d{4}:T\d{4}$/.test(areaCode.trim()))
    return { field: 'area-code', message: 'Enter a code like P0010:Q0020:T0030' }
  if (Boolean(areaCode.trim()) !== Boolean(areaName.trim()))
    return { field: 'area-code', message: 'Enter both the code and the name of the area of work' }
  if (notes.trim().length > 500) return { field: 'notes', message: 'Notes must be 500 characters or less' }
  return undefined
}

/** Activities, of which there are many: those that a filter finds, and those that are chosen. */
const Activities = ({
  choices,
  values,
  onChange,
}: {
  choices: PositionChoices['activities']
  values: string[]
  onChange: (values: string[]) => void
}) => {
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const shown = choices.filter(
    ({ code, name }) => values.includes(code) || (wanted !== '' && `${name} ${code}`.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <TextField
        id="filter"
        label="Find an activity to add (optional)"
        hint="The role brings its own activities. Add only what is more."
        value={filter}
        error={undefined}
        onInput={setFilter}
      />
      {shown.length > 0 && (
        <ChooseMany
          id="activities"
          legend="Added activities"
          options={shown.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
          values={values}
          error={undefined}
          onChange={onChange}
        />
      )}
    </>
  )
}

interface FormProps {
  title: string
  before: Draft
  choices: PositionChoices
  /** Whether it is there already: its duty stays, or that it has none. */
  isThere: boolean
  back: string
  onSave: (position: Written) => Promise<unknown>
}

const PositionForm = ({ title, before, choices, isThere, back, onSave }: FormProps) => {
  const [draft, setDraft] = useState(before)
  const deed = useDeed('you save a position', back, {
    position_taken: { field: 'name', message: 'There is a position of this name there already' },
  })
  const set = (some: Partial<Draft>) => setDraft({ ...draft, ...some })
  const error = (field: string) => (deed.error?.field === field ? deed.error : undefined)
  const hasDuty = draft.what.startsWith('duty ')
  const duties = isThere
    ? []
    : choices.duties.map(({ code, name }) => ({ value: `duty ${code}`, label: `Duty at the desk: ${name}` }))
  const save = () => {
    const fault = faultIn(draft)
    if (fault) return deed.setError(fault)
    return deed.run(() => onSave(written(draft)))
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={title} hasErrors={deed.error !== undefined} before={<ErrorSummary error={deed.error} />}>
      <Form onSubmit={save}>
        <TextField
          id="name"
          label="Name"
          hint="For example, Nurse, Ward 7"
          value={draft.name}
          error={error('name')}
          onInput={(name) => set({ name })}
        />
        {!(isThere && hasDuty) && (
          <SelectField
            id="what"
            label={isThere ? 'Role' : 'Role or duty'}
            options={[
              ...choices.roles.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
              ...duties,
            ]}
            value={draft.what}
            error={error('what')}
            onChange={(what) => set({ what })}
          />
        )}
        {hasDuty && <p>A position with a duty has no role and no activities. Giving it takes two people.</p>}
        {!hasDuty && (
          <>
            <Activities
              choices={choices.activities}
              values={draft.activities}
              onChange={(activities) => set({ activities })}
            />
            {choices.workgroups.length > 0 && (
              <ChooseMany
                id="workgroups"
                legend="Workgroups"
                options={choices.workgroups.map(({ code, name }) => ({ value: code, label: name }))}
                values={draft.workgroups}
                error={undefined}
                onChange={(workgroups) => set({ workgroups })}
              />
            )}
            <TextField
              id="area-code"
              label="Code of the area of work (optional)"
              value={draft.areaCode}
              error={error('area-code')}
              onInput={(areaCode) => set({ areaCode })}
            />
            <TextField
              id="area-name"
              label="Name of the area of work (optional)"
              value={draft.areaName}
              error={undefined}
              onInput={(areaName) => set({ areaName })}
            />
            <Checkbox
              id="opened"
              label="Sponsors may give it by themselves"
              checked={draft.openedToSponsors}
              onChange={(openedToSponsors) => set({ openedToSponsors })}
            />
          </>
        )}
        <TextArea
          id="notes"
          label="Notes (optional)"
          value={draft.notes}
          error={error('notes')}
          onInput={(notes) => set({ notes })}
        />
        <Button type="submit" busy={deed.busy}>
          Save the position
        </Button>
      </Form>
      <LineLink href={back}>Go back without saving</LineLink>
    </Page>
  )
}

/** Makes a position at an organisation. */
export const NewPositionPage = ({ organisation, done }: { organisation: string; done: Done }) => {
  const found = useFetched(organisation, () => call('GET /api/desk/position-choices', { organisation }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const save = async (position: Written) => {
    const { id } = await call('POST /api/desk/positions', { ...position, organisation })
    done.finish(`${position.name} is added.`, `/desk/positions/${id}`)
  }
  const back = `/desk/positions?at=${organisation}`
  const title = `Add a position at ${organisation}`
  return <PositionForm title={title} before={empty} choices={found.value} isThere={false} back={back} onSave={save} />
}

/** Changes a position, for everybody in it. */
export const EditPositionPage = ({ id, done }: { id: string; done: Done }) => {
  const found = useFetched(id, async () => {
    const position = await call('GET /api/desk/positions/:id', { id })
    const choices = await call('GET /api/desk/position-choices', { organisation: position.organisation.code })
    // Workgroups that it has of other places are kept, unless they are taken out.
    const more = position.workgroups.filter(({ code }) => !choices.workgroups.some((each) => each.code === code))
    return { position, choices: { ...choices, workgroups: [...choices.workgroups, ...more] } }
  })
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { position, choices } = found.value
  const save = async ({ duty: _, ...changed }: Written) => {
    await call('PUT /api/desk/positions/:id', { id, version: position.version, ...changed })
    done.finish(`${changed.name} is changed, for everybody who has it.`, `/desk/positions/${id}`)
  }
  return (
    <PositionForm
      title={`Change ${position.name}`}
      before={draftOf(position)}
      choices={choices}
      isThere
      back={`/desk/positions/${id}`}
      onSave={save}
    />
  )
}
