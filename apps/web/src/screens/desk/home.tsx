import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { LineLink } from '../../parts/buttons.tsx'
import { ErrorSummary, type FieldError } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { areas, isOpen } from './areas.ts'
import { FindPerson } from './find-person.tsx'
import { WorkToDo } from './work/counts.tsx'

const Areas = ({ tasks }: { tasks: readonly string[] }) => (
  <>
    {areas
      .filter((area) => isOpen(area, tasks))
      .map(({ href, label, says }) => (
        <div key={href}>
          <LineLink href={href}>{label}</LineLink>
          <p class="nhsuk-hint">{says}</p>
        </div>
      ))}
  </>
)

/** Where the desk begins: find a person, and what there is to do. Who may not find people begins with what they may do. */
export const DeskHome = ({ tasks }: { tasks: readonly string[] }) => {
  const [error, setError] = useState<FieldError>()
  const isSearching = useSearchParams()[0].has('search')
  if (!tasks.includes('find-person'))
    return (
      <Page title="Desk">
        <Areas tasks={tasks} />
      </Page>
    )
  return (
    <Page title="Find a person" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <FindPerson onError={setError} />
      {!isSearching && (
        <>
          {tasks.includes('create-person') && <LineLink href="/desk/people/new">Add a person</LineLink>}
          <h2 class="nhsuk-heading-m">Work to do</h2>
          <WorkToDo tasks={tasks} />
        </>
      )}
    </Page>
  )
}
