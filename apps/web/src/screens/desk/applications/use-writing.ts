import { useState } from 'preact/hooks'
import type { FieldError } from '../../../parts/fields.tsx'
import type { Draft, FieldName } from '../../../words/applications/fields.ts'

/** What is being written on one page, and what keeps some of it from being read. */
export const useWriting = (start: Draft) => {
  const [draft, setDraft] = useState(start)
  const [wrongs, setWrongs] = useState<Partial<Record<FieldName, string>>>({})
  const [errors, setErrors] = useState<readonly FieldError[]>([])

  const write = (field: FieldName) => (next: Draft, wrong?: string) => {
    setDraft(next)
    setWrongs(({ [field]: _before, ...others }) => (wrong ? { ...others, [field]: wrong } : others))
  }
  const unread = (): FieldError[] => Object.entries(wrongs).map(([field, message]) => ({ field, message }))
  const errorOf = (field: FieldName) => errors.find((error) => error.field === field)
  return { draft, errors, setErrors, write, unread, errorOf }
}
