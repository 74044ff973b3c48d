import { type CreationOptionsJSON, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { attempt } from './attempt.ts'
import { erase } from './erase.ts'
import type { DeedType, Life } from './ledger.ts'
import type { From } from './sign-in.ts'
import type { World } from './world.ts'

/** Who has lived so far: their device by its id, and the application they came from. */
interface Lived {
  deviceId: string
  from: From
}

type Ending = (world: World, life: Life, lived: Lived) => Promise<void>

/** Ends a session and its tokens by something; until it is acknowledged both may be either way. */
const endAll = async (
  life: Life,
  type: DeedType,
  request: () => Promise<{ status: number; body: unknown }>,
  isRefused: boolean,
): Promise<void> => {
  life.session = 'either'
  if (life.refresh) life.refresh.state = 'either'
  await attempt(life, { step: type, type }, request)
  life.session = 'over'
  if (life.refresh) life.refresh.state = 'over'
  life.isRefused = isRefused
}

const signOut: Ending = (world, life) =>
  endAll(life, 'signed-out', () => erase(world, life.browser, '/api/session'), false)

const reportLost: Ending = (_world, life, { deviceId }) =>
  endAll(life, 'authenticator-suspended', () => life.browser.postJson(`/api/authenticators/${deviceId}/lost`, {}), true)

const atDesk = ({ staffId }: Life) => `/api/desk/people/${staffId}`

const pauseAtDesk: Ending = ({ desk }, life, { deviceId }) =>
  endAll(
    life,
    'authenticator-suspended',
    () => desk.postJson(`${atDesk(life)}/authenticators/${deviceId}/suspend`, { because: 'stolen' }),
    true,
  )

const suspendAtDesk: Ending = ({ desk }, life) =>
  endAll(life, 'person-suspended', () => desk.postJson(`${atDesk(life)}/suspend`, { because: 'leave' }), true)

const signOutAtDesk: Ending = (world, life) =>
  endAll(life, 'signed-out-by-desk', () => erase(world, world.desk, `${atDesk(life)}/sessions`), false)

const revokeTokens: Ending = async ({ applications, send }, life, { from }) => {
  if (!life.refresh) return
  const { token } = life.refresh
  const { parameters, used } = await from.identify(life)
  life.refresh.state = 'either'
  await attempt(life, { step: 'revoke', type: 'tokens-revoked' }, () =>
    applications.post(send, '/revoke', { token, ...parameters }),
  )
  used()
  life.refresh.state = 'over'
}

/** Adds a second device, and removes it again. */
const addAndRemove: Ending = async (world, life) => {
  const { browser } = life
  const at = '/api/authenticators'
  const options = await attempt(life, { step: 'add' }, () => browser.postJson(`${at}/options`, {}))
  const device = createSoftwareAuthenticator()
  const response = device.register(options.json<CreationOptionsJSON>(), { origin: world.issuer })
  const added = await attempt(life, { step: 'add', type: 'authenticator-added' }, () =>
    browser.postJson(at, { response }),
  )
  life.second = { device, isRefused: false }
  const { id } = added.json<{ id: string }>()
  await attempt(life, { step: 'remove', type: 'authenticator-removed' }, () => erase(world, browser, `${at}/${id}`, {}))
  life.second.isRefused = true
}

const stay: Ending = async () => {}

/** The ways in which a life may end. */
export const endings: readonly Ending[] = [
  stay,
  signOut,
  reportLost,
  pauseAtDesk,
  suspendAtDesk,
  signOutAtDesk,
  revokeTokens,
  addAndRemove,
]
