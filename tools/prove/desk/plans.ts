import type { BrowserLike } from '@fobwatch/testkit'
import pg from 'pg'
import type { Case } from './cases.ts'
import type { DeskService } from './service.ts'

/** What PostgreSQL does for a case: the plan of each statement of the desk's own. */
export interface Plan {
  name: string
  plans: string[]
}

/** Those that lists and searches are made of: without a name, since they are planned each time. */
const isList = ({ name }: { name: string }) => name === '' || name === 'desk:list-paused'

/** Ids by the thousand say nothing. */
const shortened = (line: string) => line.replace(/'\{[^']{120,}\}'/g, "'{…}'")

/** Has PostgreSQL explain what a case asks of it. */
export const explain = async (
  databaseUrl: string,
  desk: DeskService,
  browser: BrowserLike,
  { name, paths }: Case,
): Promise<Plan> => {
  const ran = await desk.watch(() => browser.get(`/api/desk/${paths[0]}`))
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    const plans: string[] = []
    for (const { text, values } of ran.filter(isList)) {
      const query = { text: `explain (analyze, buffers) ${text}`, values: [...values] }
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(query)
      plans.push(rows.map((row) => shortened(row['QUERY PLAN'])).join('\n'))
    }
    return { name, plans }
  } finally {
    await client.end()
  }
}
