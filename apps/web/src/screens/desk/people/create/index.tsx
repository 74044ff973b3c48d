import type { CreatePerson as Body, CreatedPerson, PossibleMatch } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { ErrorsSummary, type FieldError } from '../../../../parts/fields.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useSubPage } from '../../../../parts/use-sub-page.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { documentErrors, evidenceOf, noDocuments } from '../document-fields.tsx'
import { levelErrors } from '../level-fields.tsx'
import { contactErrors, detailsOf, nameErrors, nothingTyped } from '../person-fields.tsx'
import { Alike } from './alike.tsx'
import { Created } from './created.tsx'
import { fewPlaces } from './places.ts'
import { Documents, type Draft, Level, Place, Who } from './steps.tsx'

const here = '/desk/people/new'
const empty: Draft = {
  ...{ typed: nothingTyped, organisation: '', proof: { level: undefined, how: undefined } },
  documents: noDocuments,
}

/** What was typed, as the API takes it. */
const bodyOf = ({ typed, organisation, proof, documents }: Draft): Body => {
  const level = proof.level ?? 1
  const { birthDate, ...details } = detailsOf(typed)
  const identity = { level, how: proof.how ?? 'in-person', evidence: evidenceOf(level, documents) }
  return { ...details, birthDate: birthDate ?? '', organisation: organisation.trim().toUpperCase(), identity }
}

const faultsOn = (page: string | undefined, draft: Draft): FieldError[] => {
  if (page === undefined) return nameErrors(draft.typed, true)
  if (page === 'place') {
    const place = draft.organisation.trim() ? [] : [{ field: 'organisation', message: 'Select where they work' }]
    return [...place, ...contactErrors(draft.typed)]
  }
  if (page === 'level') return levelErrors(draft.proof)
  return documentErrors(draft.proof.level ?? 1, draft.documents)
}

const after: Record<string, string> = { who: 'place', place: 'level', level: 'documents' }

/** Adds a person: who they are, where they work, what they showed; then whoever may be the same is looked at. */
export const CreatePerson = () => {
  const [, navigate] = useLocation()
  const page = useSubPage()
  const [draft, setDraft] = useState(empty)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [matches, setMatches] = useState<readonly PossibleMatch[]>([])
  const [created, setCreated] = useState<CreatedPerson>()
  const places = useFetched('places', async () => ({ few: await fewPlaces() }))
  const task = useTask()
  const check = useFreshCheck(task, 'you add a person', '/desk')

  const look = async (): Promise<readonly PossibleMatch[]> => {
    const { givenName, familyName, birthDate, email, identity } = bodyOf(draft)
    const { evidence } = identity
    const asked = { givenName, familyName, birthDate, evidence, ...(email && { email }) }
    return (await call('POST /api/desk/people/duplicates', asked)).matches
  }
  const add = (acknowledged: readonly string[]) =>
    check.run(async () => {
      try {
        setCreated(await call('POST /api/desk/people', { ...bodyOf(draft), acknowledged: [...acknowledged] }))
      } catch (thrown) {
        // Somebody came meanwhile, or was there: they are looked at first.
        if (asTrouble(thrown).code !== 'person_similar') throw thrown
        setMatches(await look())
        navigate(`${here}?page=alike`)
      }
    })
  const goOn = () => {
    const found = faultsOn(page, draft)
    setErrors(found)
    if (found.length > 0) return
    const next = after[page ?? 'who']
    if (next) return navigate(`${here}?page=${next}`)
    return add([])
  }

  if (created) return <Created person={created} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (places.trouble) return <TroublePage trouble={places.trouble} onRetry={places.reload} />
  if (!places.value) return <Loading />
  const step = { draft, errors, busy: task.busy, onChange: setDraft, onGoOn: goOn }
  const summary = { hasErrors: errors.length > 0, before: <ErrorsSummary errors={errors} /> }
  // Whoever comes to a later page by its address begins with the first.
  if (page === undefined || nameErrors(draft.typed, true).length > 0) return <Who {...step} {...summary} />
  if (page === 'place') return <Place {...step} {...summary} places={places.value.few} />
  if (page === 'level') return <Level {...step} {...summary} />
  if (page === 'alike') return <Alike matches={matches} busy={task.busy} onAdd={add} />
  return <Documents {...step} {...summary} />
}
