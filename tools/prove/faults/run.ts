import { drawFaults, type FaultKind, kinds } from './kinds.ts'
import { createRandom } from './random.ts'
import { playRound, type Round } from './round.ts'
import type { Theatre } from './theatre.ts'

/** All that was done and found. */
export interface Figures {
  seed: number
  instances: number
  rounds: Round[]
  /** Kinds of faults that cannot be had here. */
  missing: FaultKind[]
  seconds: number
  /** What each start of an instance took of processor time, in seconds. */
  starts: number[]
}

interface Setting {
  kills: number
  seed: number
  /** The one kind of fault that is to befall it, by name; all unless given. */
  only?: string | undefined
  say: (line: string) => void
}

const lineOf = ({ kind, recovery, findings, seen, faults }: Round): string => {
  const heard = Object.entries(seen.answers).map(([what, times]) => `${times} ${what}`)
  return [
    `${kind.name}: answered again after ${(recovery.all / 1000).toFixed(2)} s; ${findings.lives} lives (${findings.whole} whole), `,
    `${findings.acknowledged} deeds acknowledged, ${findings.open} left open; heard ${heard.join(', ')}`,
    ...faults.map((fault) => `\n  ✖ ${fault}`),
  ].join('')
}

/** Lets so many kills, and others between them, befall a theatre, one after the other. */
export const runFaults = async (theatre: Theatre, { kills, seed, only, say }: Setting): Promise<Figures> => {
  const random = createRandom(seed)
  const isHad = ({ needs }: FaultKind) => needs === undefined || needs(theatre)
  const chosen = kinds.filter(({ name }) => only === undefined || name === only)
  const drawn = drawFaults(chosen.filter(isHad), kills, random)
  const started = performance.now()
  const rounds: Round[] = []
  for (const [place, kind] of drawn.entries()) {
    const round = await playRound(theatre, kind, random)
    rounds.push(round)
    say(`${place + 1} of ${drawn.length}. ${lineOf(round)}`)
  }
  return {
    ...{ seed, rounds },
    instances: theatre.instances.length,
    starts: theatre.instances.flatMap(({ starts }) => starts),
    missing: chosen.filter((kind) => !isHad(kind)),
    seconds: (performance.now() - started) / 1000,
  }
}

/** The rounds that took longer to recover from than they may. */
export const late = ({ rounds }: Figures): Round[] =>
  rounds.filter(({ kind, recovery }) => recovery.all > kind.within * 1000)
