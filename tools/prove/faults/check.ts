import type { RequestOptionsJSON, SoftwareAuthenticator } from '@fobwatch/testkit'
import { acknowledged, type Excuses, judgeRefusals, judgeTables } from './judge.ts'
import { countsOf, type Life, type Secret, type SecretKind } from './ledger.ts'
import { type Kept, lookAt } from './tables.ts'
import type { Theatre } from './theatre.ts'
import type { World } from './world.ts'

/** What came of looking for everything again. */
export interface Findings {
  lives: number
  /** Lives that went to their end. */
  whole: number
  acknowledged: number
  open: number
  /** Secrets that were used again, of each kind, and how often one was taken that nobody had used before. */
  secrets: Partial<Record<SecretKind, number>>
  takenLate: number
  faults: string[]
}

const ownPages = '/sign-in/fobwatch'
const atOnce = 4

const inLanes = async <T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> => {
  const waiting = [...all]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

/** Whether a device opens a session. */
const opens = async ({ issuer, browser }: World, device: SoftwareAuthenticator): Promise<boolean> => {
  const visitor = browser()
  const options = await visitor.postJson(`${ownPages}/options`, {})
  const response = device.authenticate(options.json<RequestOptionsJSON>(), { origin: issuer })
  return (await visitor.postJson(`${ownPages}/assertion`, { response })).status === 200
}

/** What the service says of a life now, held against what it must be. */
const askService = async (world: World, life: Life, kept: Kept | undefined): Promise<string[]> => {
  const wrong: string[] = []
  if (life.session !== 'either') {
    const { status } = await life.browser.get('/api/session')
    if (status !== (life.session === 'alive' ? 200 : 401)) wrong.push(`the session must be ${life.session}: ${status}`)
  }
  if (life.refresh && life.refresh.state !== 'either') {
    const works = await life.refresh.use()
    if (works !== (life.refresh.state === 'alive')) wrong.push(`the refresh token must be ${life.refresh.state}`)
  }
  if (life.isRefused && (await opens(world, life.device))) wrong.push('a paused device or person logged in')
  if (life.second?.isRefused && (await opens(world, life.second.device))) wrong.push('a removed device logged in')
  const mustOpen = countsOf(life, 'authenticator-enrolled').least > 0 && kept?.suspended === 0 && !kept.isSuspended
  const hasNotYet = countsOf(life, 'signed-in').least === 0
  if (mustOpen && hasNotYet && !(await opens(world, life.device))) wrong.push('a device that was set up is refused')
  return wrong
}

/** Uses a secret again, and once more where that was taken. */
const useAgain = async (secret: Secret): Promise<{ takenLate: boolean; wrong: string | undefined }> => {
  const before = secret.successes
  const tryIt = async () => {
    if (await secret.again()) secret.successes += 1
  }
  await tryIt()
  if (secret.successes > before && before === 0) await tryIt()
  const wrong = secret.successes > 1 ? `used twice: ${secret.kind} was taken ${secret.successes} times` : undefined
  return { takenLate: before === 0 && secret.successes === 1, wrong }
}

/**
 * Looks for everything that was acknowledged, in the tables and at the service, and then uses every secret again.
 */
export const check = async ({ world, database }: Theatre, lives: readonly Life[], may: Excuses): Promise<Findings> => {
  const findings: Findings = {
    lives: lives.length,
    whole: lives.filter(({ isWhole }) => isWhole).length,
    acknowledged: lives.reduce((sum, life) => sum + acknowledged(life), 0),
    open: lives.reduce((sum, { deeds }) => sum + deeds.filter(({ came }) => came === 'open').length, 0),
    ...{ secrets: {}, takenLate: 0, faults: [] },
  }
  const note = ({ personId }: Life, wrong: readonly string[]) =>
    void findings.faults.push(...wrong.map((each) => `${each} (person ${personId})`))
  const ids = lives.map(({ personId }) => personId)

  const kept = await lookAt(database, ids)
  for (const life of lives) note(life, [...judgeTables(life, kept.get(life.personId)), ...judgeRefusals(life, may)])
  // After a step of its clock a process may have ended any session in time.
  if (!may.expire)
    await inLanes(lives, async (life) => note(life, await askService(world, life, kept.get(life.personId))))
  await inLanes(lives, async (life) => {
    for (const secret of [...life.secrets]) {
      const { takenLate, wrong } = await useAgain(secret)
      findings.secrets[secret.kind] = (findings.secrets[secret.kind] ?? 0) + 1
      if (takenLate) findings.takenLate += 1
      if (wrong) note(life, [wrong])
    }
  })
  return findings
}
