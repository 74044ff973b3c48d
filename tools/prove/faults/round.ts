import { setTimeout as delay } from 'node:timers/promises'
import { check, type Findings } from './check.ts'
import type { Seen } from './heard.ts'
import type { FaultKind } from './kinds.ts'
import type { Life } from './ledger.ts'
import { live, type Newcomer, prepareNewcomer } from './live.ts'
import { createRandom, type Random } from './random.ts'
import { measureRecovery, type Recovery } from './recovery.ts'
import type { Theatre } from './theatre.ts'

/** What came of one fault. */
export interface Round {
  kind: FaultKind
  /** From the end of its cause on. */
  recovery: Recovery
  seen: Seen
  findings: Findings
  /** All that went wrong, in words. */
  faults: string[]
}

/** Small: what is looked for is what is lost, not what the machine can do. */
const lanes = 3
const pause = 60
/** After something was not done. */
const longerPause = 400
/** How long newcomers may take, in milliseconds. */
const patience = 30_000
/** How many are ready to come while nobody can be added. */
const stock = 20

/** Lives lives one after the other until it is told to stop. */
const keepLiving = async (
  { world }: Theatre,
  random: Random,
  until: AbortSignal,
  { lives, waiting }: { lives: Life[]; waiting: Newcomer[] },
): Promise<void> => {
  while (!until.aborted) {
    // Nobody can be added while the database is away: then those come who were added before.
    const newcomer = waiting.pop() ?? (await prepareNewcomer(world.house).catch(() => undefined))
    const life = newcomer && (await live(world, newcomer, random))
    if (life) lives.push(life)
    await delay(life?.isWhole ? pause : longerPause)
  }
}

const instanceFaults = ({ instances }: Theatre): string[] => instances.flatMap(({ faults }) => faults.splice(0))

/** Lets one fault befall under load, measures how long it takes to recover from, and looks for everything afterwards. */
export const playRound = async (theatre: Theatre, kind: FaultKind, random: Random): Promise<Round> => {
  const { instances, road, heard, probe, chain } = theatre
  for (const each of instances) each.harm = 'none'
  await theatre.openDesk()
  const lives: Life[] = []
  const waiting: Newcomer[] = []
  while (waiting.length < stock) waiting.push(await prepareNewcomer(theatre.world.house))
  const end = new AbortController()
  const living = Promise.all(
    Array.from({ length: lanes }, () =>
      keepLiving(theatre, createRandom(random.below(2 ** 32)), end.signal, { lives, waiting }),
    ),
  )
  await delay(500 + random.below(1500))
  const since = await kind.befall(theatre, random)
  const recovery = await measureRecovery(probe, instances, since)
  // What has recovered does for newcomers all that it did before.
  const recovered = performance.now()
  const newLives = () => lives.filter(({ begunAt, isWhole }) => isWhole && begunAt > recovered)
  while (newLives().length < lanes && performance.now() - recovered < patience) await delay(50)
  end.abort()
  await living
  road.clear()

  const may = { forget: kind.forgets ?? false, expire: kind.expires ?? false, until: recovered }
  const findings = await check(theatre, lives, may)
  if (newLives().length < lanes) findings.faults.push('newcomers could not do what they could before')
  const broken = await chain.verify().catch((error) => `the log cannot be looked at: ${error}`)
  const seen = heard.take()
  const faults = [...seen.faults, ...findings.faults, ...instanceFaults(theatre), ...(broken ? [broken] : [])]
  return { kind, recovery, seen, findings, faults }
}
