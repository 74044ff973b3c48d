import { ImportPeople, ImportTally, mostImportBytes, PreviewImport } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { importPeopleAtDesk, previewImportAtDesk } from './at-desk.ts'

/** The desk's routes to files of people. */
export const importRoutes = (deps: Deps): Route[] => [
  route(
    'POST /api/desk/imports/preview',
    'desk:create-person',
    {
      summary: 'Say what would become of a file of people, row by row.',
      body: PreviewImport,
      response: ImportTally,
      bodyLimit: mostImportBytes,
    },
    previewImportAtDesk(deps),
  ),
  route(
    'POST /api/desk/imports',
    'fresh desk:create-person',
    { summary: 'Add the people of a file.', body: ImportPeople, response: ImportTally, bodyLimit: mostImportBytes },
    importPeopleAtDesk(deps),
  ),
]
