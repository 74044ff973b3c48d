import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CatalogueFile, CataloguePreview, Fault } from '@fobwatch/contracts'
import type { LoadedOrganisations } from '#access'
import { command, countWords, textOf, unreadable } from '#commands'
import type { catalogueByCommand } from './catalogue.ts'
import type { loadOrganisationsByCommand } from './load-organisations.ts'

interface Verbs {
  catalogueByCommand: ReturnType<typeof catalogueByCommand>
  loadOrganisationsByCommand: ReturnType<typeof loadOrganisationsByCommand>
}

/** A file by its ending, or the only one of a folder that is called `catalogue`. */
const catalogueIn = async (path: string): Promise<CatalogueFile> => {
  const found = await stat(path).catch((cause) => {
    throw unreadable(path, cause)
  })
  const [inside, ...others] = found.isDirectory()
    ? (await readdir(path)).filter((name) => /^catalogue\.(csv|json)$/.test(name)).map((name) => join(path, name))
    : [path]
  if (!inside || others.length > 0) throw new Error(`${path} must have one file: catalogue.csv or catalogue.json.`)
  const [, form] = /\.(csv|json)$/.exec(inside) ?? []
  if (form !== 'csv' && form !== 'json') throw new Error(`${inside} must end in .csv or .json.`)
  return { form, text: await textOf(inside) }
}

const named = (file: string, faults: readonly Fault[]) => ({
  out: [`${file} cannot be taken:\n`, ...faults.map(({ field, why }) => `  ${field}: ${why}\n`)].join(''),
  exitCode: 1,
})

const changesIn = ({ roles, activities, positions, losing, gaining }: CataloguePreview): string => {
  const line = (what: string, { added, changed, removed }: CataloguePreview['roles']) =>
    `  ${what}: ${added.length} added, ${changed.length} changed, ${removed.length} removed\n`
  const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code).join(' ')
  const each = positions.map(({ name, organisation, people, loses, gains }) => {
    const what = [loses.length > 0 && `loses ${codes(loses)}`, gains.length > 0 && `gains ${codes(gains)}`]
    return `  ${name}, ${organisation.code} (${countWords(people, 'person', 'people')}): ${what.filter(Boolean).join(', ')}\n`
  })
  const who = ({ positions: some, people }: CataloguePreview['losing']) =>
    `${countWords(some, 'position')} and ${countWords(people, 'person', 'people')}`
  return [
    line('roles', roles),
    line('activities', activities),
    `  ${who(losing)} can do less, ${who(gaining)} more\n`,
    ...each,
  ].join('')
}

const topWords = (tops: number): string => {
  if (tops === 0) return ''
  return tops === 1
    ? '1 of them is part of no other. A duty over everybody is held at each organisation of which that is so.\n'
    : `${tops} of them are part of no other. A duty over everybody is held at each organisation of which that is so.\n`
}

const treeWords = ({ added, renamed, moved, tops }: LoadedOrganisations): string =>
  `${countWords(added, 'organisation')} added, ${renamed} renamed, ${moved} moved.\n${topWords(tops)}`

/** What can be done by command about organisations and the catalogue of roles. */
export const accessCommands = [
  command({
    name: 'organisations load',
    operands: ['FILE'],
    options: { under: { value: 'CODE' }, 'dry-run': {} },
    says: 'Add, rename and move the organisations in a CSV file: code,name,parent. Those without a parent go below CODE.',
    run: async (
      { loadOrganisationsByCommand }: Verbs,
      { operands: [file = ''], options: { under, 'dry-run': dryRun } },
    ) => {
      const loaded = await loadOrganisationsByCommand(await textOf(file), { under, dryRun })
      if (loaded.faults.length > 0) return named(file, loaded.faults)
      return `${dryRun ? 'This would be done, and nothing was:\n' : ''}${treeWords(loaded)}`
    },
  }),
  command({
    name: 'catalogue load',
    operands: ['FILE'],
    options: { 'dry-run': {} },
    says: 'Put the roles and activities of a file, or of the catalogue.csv or .json in a folder, in the place of those there are.',
    run: async ({ catalogueByCommand }: Verbs, { operands: [path = ''], options: { 'dry-run': dryRun } }) => {
      const preview = await catalogueByCommand(await catalogueIn(path), dryRun)
      if (preview.faults.length > 0) return named(path, preview.faults)
      return `${dryRun ? 'This would be done, and nothing was:\n' : 'The catalogue is loaded:\n'}${changesIn(preview)}`
    },
  }),
]
