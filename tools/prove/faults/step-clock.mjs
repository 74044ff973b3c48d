// Loaded first into a process whose clock is to be stepped: its `Date` says what it would say, plus as many milliseconds
// as stand in the file that FAULTS_CLOCK_FILE names. Timers go on as they do when a real clock is stepped.
import { readFileSync } from 'node:fs'

const file = process.env.FAULTS_CLOCK_FILE
/** How long a step may take to be seen, in milliseconds. */
const lookEvery = 50
const Real = Date
let shift = 0
let lookedAt = Number.NEGATIVE_INFINITY

const now = () => {
  if (performance.now() - lookedAt > lookEvery) {
    lookedAt = performance.now()
    try {
      shift = Number(readFileSync(file, 'utf8')) || 0
    } catch {
      shift = 0
    }
  }
  return Real.now() + shift
}

if (file) {
  const Stepped = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget === Stepped ? target : newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
  Real.prototype.constructor = Stepped
  globalThis.Date = Stepped
}
