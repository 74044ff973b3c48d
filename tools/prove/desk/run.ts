import pg from 'pg'
import { type Case, casesFor } from './cases.ts'
import { fillings, type Size, settle } from './fill.ts'
import { type Figures, measure } from './measure.ts'
import { explain, type Plan } from './plans.ts'
import { openDesk } from './service.ts'

/** What was found for somebody who reaches so far. */
export interface Reached {
  reach: string
  figures: Figures[]
  plans: Plan[]
}

interface Setting {
  databaseUrl: string
  size: Size
  rounds: number
  withPlans: boolean
  say: (line: string) => void
}

/** Fills a database that has the catalogue alone. */
const fill = async (databaseUrl: string, size: Size, say: Setting['say']) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const [name, sql] of fillings(size)) {
      const began = Date.now()
      await client.query(sql)
      say(`  ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`)
    }
    await client.query(settle)
  } finally {
    await client.end()
  }
}

/** Fills a database and asks everything of the desk, as somebody who reaches everybody and as somebody of one clinic. */
export const runDesk = async ({ databaseUrl, size, rounds, withPlans, say }: Setting): Promise<Reached[]> => {
  const desk = await openDesk(databaseUrl)
  try {
    await fill(databaseUrl, size, say)
    await desk.countSignInDays()
    const clinic = `ZP${String(Math.ceil(size.organisations * 0.75)).padStart(5, '0')}`
    const found: Reached[] = []
    for (const [reach, code] of [
      ['everybody', 'ZP00001'],
      ['one clinic', clinic],
    ] as const) {
      const browser = await desk.manager(code)
      const cases: Case[] = await casesFor(browser)
      const figures: Figures[] = []
      const plans: Plan[] = []
      for (const each of cases) {
        const took = await measure(browser, each, rounds)
        figures.push(took)
        say(
          `  ${reach}, ${took.name}: p50 ${took.p50.toFixed(0)}, p95 ${took.p95.toFixed(0)}, p99 ${took.p99.toFixed(0)} ms`,
        )
        if (withPlans) plans.push(await explain(databaseUrl, desk, browser, each))
      }
      found.push({ reach, figures, plans })
    }
    return found
  } finally {
    await desk.close()
  }
}
