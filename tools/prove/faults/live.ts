import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { attempt, Over } from './attempt.ts'
import { endings } from './endings.ts'
import { enrol } from './enrol.ts'
import type { Life } from './ledger.ts'
import type { Random } from './random.ts'
import { fromApplication, redeem, refresh, signIn } from './sign-in.ts'
import type { World } from './world.ts'

/** A nurse who has been sent a link, and has done nothing yet. */
export interface Newcomer {
  id: string
  staffId: string
  code: string
}

/** Adds somebody and gives them work and a link, without the service. */
export const prepareNewcomer = async ({ addPerson, makeNurse, invite }: World['house']): Promise<Newcomer> => {
  const person = await addPerson('Life', 'Fiction')
  await makeNurse(person.id)
  return { ...person, code: await invite(person.id) }
}

const chooseRole = async (life: Life): Promise<void> => {
  const { browser } = life
  const held = await attempt(life, { step: 'roles' }, () => browser.get('/api/session/roles'))
  const [role] = held.json<{ roles: { id: string }[] }>().roles
  await attempt(life, { step: 'role', type: 'role-chosen' }, () =>
    browser.postJson('/api/session/role', { role: role?.id }),
  )
}

const mostRefreshes = 3

/**
 * Lives one life: a device is set up, an application signed in to, a role chosen, tokens refreshed, and then it ends in
 * one of many ways. What is refused or not answered ends it there.
 */
export const live = async (world: World, newcomer: Newcomer, random: Random): Promise<Life> => {
  const life: Life = {
    personId: newcomer.id,
    staffId: newcomer.staffId,
    device: createSoftwareAuthenticator(),
    browser: world.browser(),
    ...{ deeds: [], secrets: [], refusals: [] },
    session: 'either',
    isRefused: false,
    begunAt: performance.now(),
    isWhole: false,
  }
  const from = fromApplication(world, random.below(2) === 0)
  const refreshes = random.below(mostRefreshes + 1)
  const choosesRole = random.below(2) === 0
  const end = random.pick(endings)
  try {
    const deviceId = await enrol(world, life, newcomer.code)
    await redeem(world, life, from, await signIn(world, life, from))
    if (choosesRole) await chooseRole(life)
    for (let times = 0; times < refreshes; times += 1) await refresh(world, life, from)
    await end(world, life, { deviceId, from })
    life.isWhole = true
  } catch (error) {
    if (!(error instanceof Over)) throw error
  }
  return life
}
