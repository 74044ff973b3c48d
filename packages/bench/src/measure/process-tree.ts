import { readdir, readFile } from 'node:fs/promises'

/** What the kernel says of a process (proc(5), /proc/PID/stat), in ticks of 10 ms and pages of 4 KiB. */
interface Stat {
  pid: number
  parent: number
  /** User and system time of all its threads. */
  own: number
  /** The same of its children that have ended, and of theirs. */
  ended: number
  pages: number
}

/** USER_HZ, which Linux fixes for programs however the kernel is built. */
const tickMs = 10
const pageBytes = 4096

const statOf = async (pid: string): Promise<Stat | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // The name may hold anything, spaces and brackets too.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [parent, utime, stime, cutime, cstime, pages] = [1, 11, 12, 13, 14, 21].map((at) => Number(fields[at]))
  if (parent === undefined || pages === undefined) return undefined
  const sum = (one = 0, other = 0) => one + other
  return { pid: Number(pid), parent, own: sum(utime, stime), ended: sum(cutime, cstime), pages }
}

/** A process and all below it; those that are gone meanwhile are left out. */
const treeOf = async (root: number): Promise<Stat[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(pids.map(statOf))).filter((each) => each !== undefined)
  const below = (parent: number): Stat[] => all.filter((each) => each.parent === parent)
  const grown: Stat[] = all.filter(({ pid }) => pid === root)
  for (const each of grown) grown.push(...below(each.pid))
  return grown
}

/** One process, several that are measured together, or none that could be measured. */
export type Pids = number | readonly number[]

const sumOver = async (pids: Pids, of: (pid: number) => Promise<number>): Promise<number> => {
  const each = await Promise.all([pids].flat().map(of))
  return each.length === 0 ? Number.NaN : each.reduce((sum, one) => sum + one)
}

/**
 * CPU time that processes and all below them have used since they began, in milliseconds: every thread, and children that
 * have ended, whose time their parent keeps once it has waited for them. It never falls, so that two readings may be
 * subtracted though children come and go. Not a number where no process is named.
 * @throws Error where a process is gone, or the system is not Linux
 */
export const cpuMsOf = (pids: Pids): Promise<number> =>
  sumOver(pids, async (pid) => {
    const tree = await treeOf(pid)
    if (tree.length === 0) throw new Error(`There is no process ${pid} to measure: it is gone, or this is not Linux`)
    return tickMs * tree.reduce((sum, { own, ended }) => sum + own + ended, 0)
  })

/** Memory that processes and all below them hold, in bytes. Not a number where no process is named. */
export const rssOf = (pids: Pids): Promise<number> =>
  sumOver(pids, async (pid) => pageBytes * (await treeOf(pid)).reduce((sum, { pages }) => sum + pages, 0))
