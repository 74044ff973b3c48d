import { existsSync, readFileSync } from 'node:fs'

/** Signals a process that may have gone by itself in the meantime. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone, as it was meant to be or as the round will tell.
  }
}

/** The processes that one has started and that still run. */
export const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** A process and all below it. */
export const familyOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(familyOf)]

/** Whether a process can still do anything: one that has ended may stand in the list until whoever adopted it looks (proc(5), Z). */
export const isRunning = (pid: number): boolean => {
  try {
    return !/^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '')
  } catch {
    return false
  }
}

/** Of Linux, whatever the machine. */
const ticksPerSecond = 100

/** How much processor time a process and all below it have used so far, in seconds. */
export const cpuOf = (pid: number): number => {
  const ticks = familyOf(pid).map((each) => {
    const afterName = existsSync(`/proc/${each}/stat`) ? readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1] : ''
    const [user = 0, system = 0] = (afterName ?? '').split(' ').slice(11, 13).map(Number)
    return user + system
  })
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond
}
