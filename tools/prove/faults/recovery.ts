import { setTimeout as delay } from 'node:timers/promises'
import {
  type BrowserLike,
  createBrowserLike,
  createSoftwareAuthenticator,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import { authorizeUrl, getCode, redemptionOf } from '../single-use/application.ts'
import { enrolPerson } from '../stage/person.ts'
import type { Heard } from './heard.ts'
import type { Instance } from './instance.ts'
import type { World } from './world.ts'

/** When to give up, in milliseconds. */
const patience = 60_000

/** Says whether an instance is ready and a whole sign-in works at it. */
export type Probe = (instance: Instance) => Promise<boolean>

/** Sets up one person for each instance, whose key is a copied one, which does not count. */
export const createProbe = async (world: World, instances: readonly Instance[], heard: Heard): Promise<Probe> => {
  const devices = new Map<Instance, SoftwareAuthenticator>()
  for (const instance of instances) {
    const device = createSoftwareAuthenticator({ counter: { start: 0, step: 0 } })
    await enrolPerson(world, 'Probe', device)
    devices.set(instance, device)
  }
  return async (instance) => {
    const send = heard.sendTo(instance)
    const browser: BrowserLike = createBrowserLike(world.issuer, undefined, send)
    const device = devices.get(instance)
    if (!device || (await browser.get('/health/ready')).status !== 200) return false
    const { publicId, post } = world.applications
    const code = await getCode(browser, device, authorizeUrl(world, publicId))
    return (await post(send, '/token', { ...redemptionOf(code), client_id: publicId })).status === 200
  }
}

/** How long after a moment the first instance answered again, and all did, in milliseconds; infinite for not at all. */
export interface Recovery {
  first: number
  all: number
}

/** Waits until every instance answers again. */
export const measureRecovery = async (
  probe: Probe,
  instances: readonly Instance[],
  since: number,
): Promise<Recovery> => {
  const untilAnswers = async (instance: Instance): Promise<number> => {
    while (performance.now() - since < patience) {
      if (await probe(instance).catch(() => false)) return performance.now() - since
      await delay(50)
    }
    return Number.POSITIVE_INFINITY
  }
  const times = await Promise.all(instances.map(untilAnswers))
  return { first: Math.min(...times), all: Math.max(...times) }
}
