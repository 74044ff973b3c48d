import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { orderTable, verdictTable } from './table.testing.ts'

/** The lines of the table under a heading. */
const tableUnder = (heading: string, page: string): string[] => {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const lines = section.split('\n').slice(
    0,
    section.split('\n').findIndex((line) => line.startsWith('## ')),
  )
  return lines.filter((line) => line.startsWith('|'))
}

describe('docs/assurance.md', () => {
  const page = () => readFile(new URL('../../../../docs/assurance.md', import.meta.url), 'utf8')

  it('shows for each kind of device what the rules make of it', async () => {
    assert.deepEqual(tableUnder('What comes of what', await page()), verdictTable())
  })

  it('shows the order of each field that the property tests hold the rules against', async () => {
    assert.deepEqual(tableUnder('The order of each field', await page()), orderTable())
  })
})
