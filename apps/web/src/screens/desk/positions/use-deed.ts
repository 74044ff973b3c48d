import { useState } from 'preact/hooks'
import type { FieldError } from '../../../parts/fields.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble, type TroubleCode } from '../../../trouble.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

/**
 * A deed that a form does, after a check that it is them if one is needed. Refusals that are about a field stand beside it.
 * @param purpose after "We check it is you before "
 * @param back where they go without doing it
 * @param fields which field each of some refusals is about, and what to say there
 */
export const useDeed = (purpose: string, back: string, fields: Partial<Record<TroubleCode, FieldError>> = {}) => {
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const check = useFreshCheck(task, purpose, back)
  const run = (deed: () => Promise<unknown>) => {
    setError(undefined)
    return check.run(async () => {
      try {
        await deed()
      } catch (thrown) {
        const wrong = fields[asTrouble(thrown).code]
        if (!wrong) throw thrown
        setError(wrong)
      }
    })
  }
  return { error, setError, run, busy: task.busy, trouble: task.trouble, clear: task.clear, page: check.page }
}
