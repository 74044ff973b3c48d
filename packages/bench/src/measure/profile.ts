import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../machine/root.ts'

/** A CPU profile as V8 writes it. Times are microseconds, on the clock of `process.hrtime`. */
interface Profile {
  startTime: number
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Where CPU time went: to a package or a file of ours, in milliseconds, and to which of its functions. */
export interface Share {
  where: string
  ms: number
  functions: { name: string; ms: number }[]
}

interface Span {
  from: number
  until: number
}

/**
 * Reads the profiles that a process left in a folder.
 * @param spans when it was under load; all else, such as its start, is left out
 * @returns by self time, most first; what was not at work is left out
 */
export const readProfiles = async (folder: string, spans: readonly Span[]): Promise<Share[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'))
  const shares = new Map<string, Map<string, number>>()
  for (const file of files) {
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile
    for (const [where, name, ms] of sampled(profile, spans)) {
      const functions = shares.get(where) ?? new Map<string, number>()
      functions.set(name, (functions.get(name) ?? 0) + ms)
      shares.set(where, functions)
    }
  }
  const asShare = ([where, functions]: [string, Map<string, number>]): Share => {
    const each = [...functions].map(([name, ms]) => ({ name, ms })).toSorted((one, other) => other.ms - one.ms)
    return { where, ms: each.reduce((sum, { ms }) => sum + ms, 0), functions: each }
  }
  return [...shares].map(asShare).toSorted((one, other) => other.ms - one.ms)
}

const notWork = new Set(['(idle)', '(root)'])

function* sampled({ startTime, nodes, samples, timeDeltas }: Profile, spans: readonly Span[]) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]))
  let at = startTime
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index] ?? 0
    const frame = byId.get(id)
    if (!frame || notWork.has(frame.functionName) || !spans.some(({ from, until }) => at >= from && at < until))
      continue
    // A sample stands for the time until the next.
    const ms = (timeDeltas[index + 1] ?? 0) / 1000
    const name = `${frame.functionName || '(anonymous)'}:${frame.lineNumber + 1}`
    yield [placeOf(frame), frame.url === '' ? frame.functionName : name, ms] as const
  }
}

/** The package for what others wrote, the file for what is ours. */
const placeOf = ({ functionName, url }: { functionName: string; url: string }): string => {
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)'
  if (!url.startsWith('file:')) return url
  const path = fileURLToPath(url)
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? []
  return name ?? path.replace(root, '')
}

/** The first of them as lines of text. @param deeds how many were done meanwhile */
export const tellProfile = (shares: readonly Share[], deeds: number, most = 40): string => {
  const all = shares.reduce((sum, { ms }) => sum + ms, 0)
  const line = ({ where, ms, functions }: Share) => {
    const part = `${(ms / deeds).toFixed(3)} ms ${((100 * ms) / all).toFixed(1).padStart(5)} %`
    const named = functions.slice(0, 3).map((each) => `${each.name} ${(each.ms / deeds).toFixed(3)}`)
    return `  ${part}  ${where.padEnd(50)} ${named.join(', ')}`
  }
  return shares.slice(0, most).map(line).join('\n')
}
