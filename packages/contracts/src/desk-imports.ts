import { type Static, Type } from 'typebox'
import { closed, TwelveDigits } from './common.ts'

/** As much as a browser sends at once: about 1,000 people. More is for the command. */
const Csv = Type.String({ minLength: 1, maxLength: 300_000, description: 'The file: docs/feeds.md has its columns.' })
export const mostImportBytes = 1_300_000

/** As many rows as one request takes. */
export const mostImportRows = 1000

export const PreviewImport = Type.Object({ csv: Csv }, closed)
export type PreviewImport = Static<typeof PreviewImport>

export const ImportPeople = Type.Object(
  {
    csv: Csv,
    goodRowsOnly: Type.Optional(
      Type.Boolean({
        description: 'Adds the people of good rows although others are faulty. Otherwise nobody is added.',
      }),
    ),
  },
  closed,
)
export type ImportPeople = Static<typeof ImportPeople>

/** A fault of a file: on which of its lines, the first being 1, and in which column where it is of one. */
export const ImportFault = Type.Object(
  { row: Type.Integer(), column: Type.Union([Type.String(), Type.Null()]), why: Type.String() },
  closed,
)
export type ImportFault = Static<typeof ImportFault>

export const ImportTally = Type.Object(
  {
    rows: Type.Integer({ description: 'Without the heads of the columns.' }),
    new: Type.Integer({ description: 'Would be added, or were.' }),
    known: Type.Integer({ description: 'Are there already, and are left as they are.' }),
    faulty: Type.Integer({ description: 'Cannot be taken.' }),
    faults: Type.Array(ImportFault, { description: 'At most 1,000.' }),
    added: Type.Optional(
      Type.Array(Type.Object({ staffId: TwelveDigits, name: Type.String() }, closed), {
        description: 'Who was added, at most 1,000 of them; absent where nothing was to be added yet.',
      }),
    ),
  },
  { ...closed, title: 'ImportTally' },
)
export type ImportTally = Static<typeof ImportTally>
