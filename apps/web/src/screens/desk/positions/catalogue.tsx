import type { CatalogueFile, CataloguePreview } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, FieldMessage, Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useDeed } from './use-deed.ts'

const field = 'file'
const home = '/desk/positions'

const changeWords = ({ added, changed, removed }: CataloguePreview['roles']) =>
  `${added.length} added, ${changed.length} changed, ${removed.length} removed`
const whoWords = ({ positions, people }: CataloguePreview['losing']) => `${positions} positions, ${people} people`
const codes = (list: readonly { code: string; name: string }[]) =>
  list.map(({ code, name }) => `${name} (${code})`).join(', ')

const Faults = ({ faults }: Pick<CataloguePreview, 'faults'>) => (
  <>
    <p>Nothing is changed. Put these right, and choose the file again.</p>
    <ul>
      {faults.map(({ field: where, why }) => (
        <li key={`${where} ${why}`}>
          <strong>{where}</strong>: {why}
        </li>
      ))}
    </ul>
  </>
)

const Changes = ({ preview }: { preview: CataloguePreview }) => (
  <>
    <SummaryList
      rows={[
        { key: 'Roles', value: changeWords(preview.roles) },
        { key: 'Activities', value: changeWords(preview.activities) },
        { key: 'Can do less', value: whoWords(preview.losing) },
        { key: 'Can do more', value: whoWords(preview.gaining) },
      ]}
    />
    {preview.positions.length > 0 && (
      <ul class="fobwatch-results">
        {preview.positions.map(({ name, organisation, loses, gains, people }) => (
          <li class="fobwatch-result" key={`${organisation.code} ${name}`}>
            <strong>{name}</strong>, {organisation.name}: {people === 1 ? '1 person' : `${people} people`}
            {loses.length > 0 && <p>Loses {codes(loses)}</p>}
            {gains.length > 0 && <p>Gains {codes(gains)}</p>}
          </li>
        ))}
      </ul>
    )}
  </>
)

/** Loads the list of roles and activities from a file, once somebody has looked at what it changes. */
export const CataloguePage = () => {
  const [file, setFile] = useState<CatalogueFile>()
  const [preview, setPreview] = useState<CataloguePreview>()
  const [loaded, setLoaded] = useState(false)
  const deed = useDeed('you load the list of roles', home)
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return setFile(undefined)
    setFile({ form: chosen.name.toLowerCase().endsWith('.json') ? 'json' : 'csv', text: await chosen.text() })
  }
  const look = () => {
    if (!file?.text) return deed.setError({ field, message: 'Select a file' })
    return deed.run(async () => setPreview(await call('POST /api/desk/catalogue/preview', file)))
  }
  const load = () =>
    deed.run(async () => {
      if (file && preview) await call('POST /api/desk/catalogue', { ...file, digest: preview.digest })
      setLoaded(true)
    })
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  if (loaded)
    return (
      <Page title="The list of roles is loaded">
        <p>It stays, whatever version of Fobwatch starts next.</p>
        <LineLink href={home}>Positions</LineLink>
      </Page>
    )
  if (preview)
    return (
      <Page title={preview.faults.length > 0 ? 'This file cannot be loaded' : 'What this file changes'}>
        {preview.faults.length > 0 ? <Faults faults={preview.faults} /> : <Changes preview={preview} />}
        {preview.faults.length === 0 && (
          <Button kind="warning" busy={deed.busy} onPress={load}>
            Load the list of roles
          </Button>
        )}
        <p>
          <Button kind="secondary" onPress={() => setPreview(undefined)}>
            Choose another file
          </Button>
        </p>
      </Page>
    )
  return (
    <Page
      title="Load the list of roles"
      hasErrors={deed.error !== undefined}
      before={<ErrorSummary error={deed.error} />}
    >
      <p>The file takes the place of the roles and activities there are. First we show what it changes.</p>
      <p>Nothing that a position has is removed. Duties at the desk are no part of the file.</p>
      <Form onSubmit={look}>
        <div class={deed.error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
          <label class="nhsuk-label" for={field}>
            File, CSV or JSON
          </label>
          <FieldMessage error={deed.error} />
          <input
            class="nhsuk-file-upload"
            id={field}
            type="file"
            accept=".csv,.json"
            aria-describedby={deed.error && `${field}-error`}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </div>
        <Button type="submit" busy={deed.busy}>
          See what it changes
        </Button>
      </Form>
      <LineLink href={home}>Go back without loading</LineLink>
    </Page>
  )
}
