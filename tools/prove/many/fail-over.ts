import { refresh, signInTo } from '../cluster/application.ts'
import type { keepFindings } from '../cluster/findings.ts'
import type { Person } from '../stage/person.ts'
import { type Databases, socketIn } from './databases.ts'
import { keepSigningIn } from './keep-signing-in.ts'
import type { World } from './world.ts'

/** The primary dies under load, the replica takes its place, and what was acknowledged is looked for. */
export const failOver = async (
  world: World,
  { primary, replica }: Databases,
  people: readonly Person[],
  find: ReturnType<typeof keepFindings>['find'],
): Promise<void> => {
  const load = keepSigningIn(world, people)
  await load.more(20)
  const before = load.kept.tokens.length
  await primary.kill()
  const from = Date.now()
  await replica.promote()
  world.address.pointTo(socketIn(replica.host))
  await load.more(20)
  const seconds = Math.round((Date.now() - from) / 1000)
  const { tokens, enrolled, failed } = await load.stop()
  find(
    'The primary is killed under load, the replica promoted, and the address leads to it: log ins go on',
    tokens.length > before,
    `${before} log ins before, ${tokens.length - before} after, the 20th ${seconds} s after the kill; ${failed} deeds got an error meanwhile`,
  )
  const stage = world.stageFrom('127.0.0.8')
  const lost: number[] = []
  for (const [place, token] of tokens.entries()) {
    const { status } = await refresh(stage, token)
    if (status !== 200) lost.push(place)
  }
  find(
    'Every log in that was acknowledged is there: its refresh token is good',
    lost.length === 0,
    `${lost.length} of ${tokens.length} lost`,
  )
  let unknown = 0
  for (const { device } of enrolled)
    await signInTo(stage, device).catch(() => {
      unknown += 1
    })
  find('Every device that was acknowledged logs in', unknown === 0, `${unknown} of ${enrolled.length} lost`)
}
