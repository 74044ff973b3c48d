import type { NamedModel } from '@fobwatch/contracts'
import type { FieldError } from '../../../../parts/fields.tsx'
import type { Demand } from '../../../../words/policies.ts'

/** What the page of one rule gives to the part where it is chosen. */
export interface EditorProps {
  demand: Demand
  /** What is demanded so far; undefined where nothing is. */
  value: unknown
  models: readonly NamedModel[]
  error: FieldError | undefined
  /** @param wrong what is wrong with it, where something is */
  onChange: (value: unknown, wrong?: string) => void
}
