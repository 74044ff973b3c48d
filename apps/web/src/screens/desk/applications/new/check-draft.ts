import { call } from '../../../../api.ts'
import type { FieldError } from '../../../../parts/fields.tsx'
import { type Draft, faultWords, fieldOf, idForm, idRule } from '../../../../words/applications/fields.ts'

/** What is said better before the service says it. */
const ownFaults = ({ id, name }: Draft): FieldError[] => {
  const faults: [boolean, FieldError['field'], string][] = [
    [name.trim() === '', 'name', 'Enter a name'],
    [id === '', 'id', 'Enter an id'],
    [id !== '' && !idForm.test(id), 'id', `Id must be ${idRule}`],
  ]
  return faults.filter(([wrong]) => wrong).map(([, field, message]) => ({ field, message }))
}

/** Every fault of a new application, as the service sees it. @throws Trouble */
export const faultsOfDraft = async (draft: Draft): Promise<FieldError[]> => {
  const own = ownFaults(draft)
  const { faults } = await call('POST /api/desk/clients/preview', { ...draft })
  const others = faults.filter((fault) => !own.some(({ field }) => field === fieldOf(fault)))
  return [...own, ...others.map((fault) => ({ field: fieldOf(fault), message: faultWords(fault) }))]
}
