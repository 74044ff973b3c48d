import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { command, countWords, unreadable } from '#commands'
import { isRefusal } from '#kernel'
import type { RowFault } from './columns.ts'
import type { Bringer, importPeople, previewImport, Tally } from './import-people.ts'

interface Verbs {
  previewImport: ReturnType<typeof previewImport>
  importPeople: ReturnType<typeof importPeople>
}

/** Whoever has the command line adds people everywhere, and is nobody here. */
const operator: Bringer = { origin: {}, reach: async () => 'everywhere' }

const faultLine = ({ row, column, why }: RowFault) => `  line ${row}${column ? `, ${column}` : ''}: ${why}\n`

/** The counts, what is wrong, and who was added, by the staff id that other commands ask for. */
const summary = ({ rows, new: count, known, faulty, faults, added = [] }: Tally, dryRun: boolean): string =>
  [
    `${countWords(rows, 'row')}: ${count} ${dryRun ? 'would be added' : 'added'}, ${known} there already, ${faulty} faulty.\n`,
    ...faults.map(faultLine),
    ...added.map(({ staffId, name }) => `${staffId}\t${name}\n`),
  ].join('')

/** How far it is, on standard error: what is said in the end goes to standard output. */
const sayProgress = ({ rows }: Tally) => {
  if (rows % 1000 < 200) process.stderr.write(`${countWords(rows, 'row')} …\n`)
}

/** `fobwatch people import`. */
export const importCommands = [
  command({
    name: 'people import',
    operands: ['FILE.csv'],
    options: { 'dry-run': {}, 'good-rows-only': {} },
    says: 'Add people from a file and print their staff ids, or say what would become of it. Nobody is added when a row is faulty, unless good rows only are asked for.',
    run: async (desk: Verbs, { operands: [path = ''], options }) => {
      await access(path, constants.R_OK).catch((cause) => {
        throw unreadable(path, cause)
      })
      const open = () => createReadStream(path, 'utf8')
      if (options['dry-run']) {
        const tally = await desk.previewImport(open(), operator, sayProgress)
        return { out: summary(tally, true), exitCode: tally.faulty > 0 ? 1 : 0 }
      }
      try {
        const goodRowsOnly = options['good-rows-only']
        const how = { goodRowsOnly, onRows: sayProgress, mostNames: Number.POSITIVE_INFINITY }
        const tally = await desk.importPeople(open, operator, how)
        return { out: summary(tally, false), exitCode: tally.faulty > 0 ? 1 : 0 }
      } catch (error) {
        if (!isRefusal(error, 'file_invalid')) throw error
        const faults = error.faults.map(({ field, why }) => `  ${field}: ${why}\n`).join('')
        return { out: `Nobody was added: the file has faulty rows.\n${faults}`, exitCode: 1 }
      }
    },
  }),
]
