// A lock between processes that start at once, with files alone: this runs on Node 20, before anything is installed.
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** A holder touches its lock more often than this, in milliseconds; one that is older was left by a holder that died. */
const stale = 15_000

/**
 * Does the work while holding the lock; waits for a live holder, and takes over from a dead one.
 * @param file where the lock is, in a folder that exists
 * @param say is told, once, if there is somebody to wait for
 */
export const whileLocked = async (file, say, work) => {
  for (let waited = false; !take(file); waited = true) {
    if (isAbandoned(file)) removeAbandoned(file)
    else if (!waited) say('Waiting for another start to finish installing …')
    await delay(100)
  }
  const alive = setInterval(() => touch(file), stale / 5)
  const letGo = () => rmSync(file, { force: true })
  process.once('exit', letGo)
  try {
    return await work()
  } finally {
    clearInterval(alive)
    process.off('exit', letGo)
    letGo()
  }
}

const take = (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw Object.assign(new Error(`Cannot write to ${file}: ${error.code}.`), { expected: true })
  }
}

const isAbandoned = (file) => {
  try {
    return Date.now() - statSync(file).mtimeMs > stale || !isAlive(Number(readFileSync(file, 'utf8') || process.pid))
  } catch {
    return false
  }
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Of several that see a lock abandoned only one can move it away, and whoever then comes first takes it. */
const removeAbandoned = (file) => {
  const aside = `${file}-${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside)
  } catch {
    // Another was quicker.
  }
}

const touch = (file) => {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder is gone: the work will say so.
  }
}
