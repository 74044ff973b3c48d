import type { BrowserLike } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'

/** Something that is asked at the desk. */
export interface Case {
  name: string
  paths: readonly string[]
}

const searches = [
  'ma',
  'sm',
  'fe',
  'mab',
  'smiac',
  'mabel',
  'fe as',
  'mabel fern',
  'f a',
  '12',
  '0012',
  'mabel.',
  'no such',
]
const reports = {
  people: ['name', 'newest'],
  authenticators: ['name', 'unused', 'expires', 'newest'],
  positions: ['position', 'person', 'expires'],
  requests: ['newest', 'oldest'],
}
const filtered = [
  'people?status=suspended',
  'people?level=3&sort=newest',
  'authenticators?within=30&sort=expires',
  'authenticators?kind=phone&level=3&sort=unused',
  'positions?within=90&sort=expires',
  'requests?state=open',
]

interface Listed {
  rows: { staffId?: string }[]
  next: string | null
}

const read = async (browser: BrowserLike, path: string): Promise<Listed> =>
  expectOk(await browser.get(`/api/desk/${path}`)).json<Listed>()

/** The first page, the one after it, and one further on. */
const pagesOf = async (browser: BrowserLike, path: string): Promise<string[]> => {
  const paths = [path]
  const join = path.includes('?') ? '&' : '?'
  for (let page = 1; page <= 10; page += 1) {
    const { next } = await read(browser, paths.at(-1) ?? path)
    if (!next) break
    paths.push(`${path}${join}after=${next}`)
  }
  return [...new Set([paths[0] ?? path, paths[1] ?? path, paths.at(-1) ?? path])]
}

/** Everything that is asked of the desk by somebody who reaches so far. */
export const casesFor = async (browser: BrowserLike): Promise<Case[]> => {
  const cases: Case[] = searches.map((search) => ({
    name: `search “${search}”`,
    paths: [`people?search=${encodeURIComponent(search)}`],
  }))
  const { rows } = await read(browser, 'reports/people')
  const people = rows.slice(0, 5).flatMap(({ staffId }) => (staffId ? [`people/${staffId}`] : []))
  cases.push({ name: 'a person’s page', paths: people })
  cases.push({ name: 'work: counts', paths: ['work'] })
  for (const list of ['work/expiring?within=30', 'work/expiring?within=90', 'work/new-starters', 'work/links'])
    cases.push({ name: list, paths: await pagesOf(browser, list) })
  cases.push({ name: 'work: lost devices', paths: ['authenticators/paused?because=lost'] })
  cases.push({ name: 'work: models gone bad', paths: ['authenticators/paused?because=model'] })
  cases.push({ name: 'work: requests', paths: ['requests?list=to-decide'] })
  for (const [report, sorts] of Object.entries(reports))
    for (const sort of sorts)
      cases.push({
        name: `report of ${report} by ${sort}`,
        paths: await pagesOf(browser, `reports/${report}?sort=${sort}`),
      })
  for (const path of filtered) cases.push({ name: `report ${path}`, paths: await pagesOf(browser, `reports/${path}`) })
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  for (const days of [30, 365])
    cases.push({ name: `log ins of ${days} days`, paths: [`reports/sign-ins?from=${day(days - 1)}`] })
  return cases
}
