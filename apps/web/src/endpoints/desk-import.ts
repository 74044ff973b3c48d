import type { ImportPeople, ImportTally, PreviewImport } from '@fobwatch/contracts'

/** What the desk's pages of this part call. */
export interface DeskImportEndpoints {
  'POST /api/desk/imports/preview': { input: PreviewImport; output: ImportTally }
  'POST /api/desk/imports': { input: ImportPeople; output: ImportTally }
}
