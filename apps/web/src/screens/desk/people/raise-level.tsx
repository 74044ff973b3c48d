import type { DeskProfile, Proof } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError, Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useSubPage } from '../../../parts/use-sub-page.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { DocumentFields, documentErrors, evidenceOf, noDocuments } from './document-fields.tsx'
import { LevelFields, levelErrors, type TypedProof } from './level-fields.tsx'
import { nameOf, WithProfile } from './with-profile.tsx'

const Raise = ({ profile }: { profile: DeskProfile }) => {
  const { staffId } = profile
  const person = `/desk/people/${staffId}`
  const here = `${person}/identity`
  const [, navigate] = useLocation()
  const page = useSubPage()
  const [proof, setProof] = useState<TypedProof>({ level: undefined, how: undefined })
  const [documents, setDocuments] = useState(noDocuments)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [asking, setAsking] = useState<Proof>()
  const task = useTask()
  const check = useFreshCheck(task, 'you raise their identity level', person)
  const { level, how } = proof

  const next = () => {
    const found = levelErrors(proof)
    setErrors(found)
    if (found.length === 0) navigate(`${here}?page=documents`)
  }
  const save = () => {
    if (!level || !how) return navigate(here)
    const found = documentErrors(level, documents)
    setErrors(found)
    if (found.length > 0) return
    const asked = { level, how, evidence: evidenceOf(level, documents) }
    return check.run(async () => {
      try {
        await call('POST /api/desk/people/:staffId/identity', { staffId, ...asked })
        navigate(person)
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'second_person_needed') throw thrown
        setAsking(asked)
      }
    })
  }
  if (asking) {
    const kind = 'raise-identity-level'
    return <AskSecondPerson kind={kind} staffId={staffId} asked={asking} back={person} />
  }
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const summary = { hasErrors: errors.length > 0, before: <ErrorsSummary errors={errors} /> }
  if (page === 'documents' && level)
    return (
      <Page title={`What did ${nameOf(profile)} show you?`} {...summary}>
        <Form onSubmit={save}>
          <DocumentFields level={level} typed={documents} errors={errors} onType={setDocuments} />
          <Button type="submit" busy={task.busy}>
            Save
          </Button>
        </Form>
        <LineLink href={person}>Go back without saving</LineLink>
      </Page>
    )
  return (
    <Page title={`Raise the identity level of ${nameOf(profile)}`} {...summary}>
      <p>
        They have level {profile.identity.level}. Whoever has a higher level can do more, so a colleague may have to
        agree.
      </p>
      <Form onSubmit={next}>
        <LevelFields proof={proof} above={profile.identity.level} errors={errors} onChoose={setProof} />
        <Button type="submit">Continue</Button>
      </Form>
      <LineLink href={person}>Go back without raising it</LineLink>
    </Page>
  )
}

/** Raises how well somebody's identity is proved, by documents that they show. */
export const RaiseLevel = ({ staffId }: { staffId: string }) => (
  <WithProfile staffId={staffId}>{(profile) => <Raise profile={profile} />}</WithProfile>
)
