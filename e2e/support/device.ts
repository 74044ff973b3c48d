import type { CDPSession, Page } from '@playwright/test'

export interface DeviceOptions {
  transport?: 'internal' | 'usb' | 'nfc' | 'hybrid' | 'ble' | 'smart-card'
  /** Whether its passkeys may be copied to other devices, and are. */
  synced?: boolean
  /** Whether it is a U2F key, which checks nobody and keeps no passkey. */
  old?: boolean
}

/** What is in somebody's hand. */
export interface Device {
  /**
   * Somebody does something that opens the browser's box, and uses their finger, face or PIN for it.
   * Resolves when the device has answered.
   */
  answer: (open: () => Promise<unknown>) => Promise<void>
}

/** A virtual authenticator in the browser of a page. It answers nothing until it is told that somebody touches it. */
export interface VirtualDevice extends Device {
  /** The same, but nobody waits for its answer: it may have none. */
  touch: (open: () => Promise<unknown>) => Promise<void>
  /** The same, but the device does not know whoever touches it, and the browser closes the box. */
  failCheck: (open: () => Promise<unknown>) => Promise<void>
  /** It knows its owner again. */
  recognise: () => Promise<void>
  remove: () => Promise<void>
  /** The passkeys that it holds. */
  passkeys: () => Promise<Passkey[]>
}

/** A passkey as its device keeps it. */
export interface Passkey {
  /** Base64url. */
  id: string
  /** What the device shows its owner. */
  name: string | undefined
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

const cdpOf = (page: Page): Promise<CDPSession> => {
  const known = sessions.get(page)
  if (known !== undefined) return known
  const made = (async () => {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable', { enableUI: false })
    return cdp
  })()
  sessions.set(page, made)
  return made
}

/**
 * Puts a device beside the page. Somebody is present during an answer only: an autofill that waits in the background
 * would be answered as soon as the page asks, and a test of the button would pass without the button.
 */
export const addDevice = async (
  page: Page,
  { transport = 'internal', synced = false, old = false }: DeviceOptions = {},
): Promise<VirtualDevice> => {
  const cdp = await cdpOf(page)
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: old ? 'u2f' : 'ctap2',
      ctap2Version: 'ctap2_1',
      transport,
      hasResidentKey: !old,
      hasUserVerification: !old,
      isUserVerified: !old,
      automaticPresenceSimulation: false,
      defaultBackupEligibility: synced,
      defaultBackupState: synced,
    },
  })
  const present = (enabled: boolean) =>
    cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
  const known = (isUserVerified: boolean) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })

  // A request that reached the device before somebody was there stays unanswered, so presence comes first.
  const answer = async (open: () => Promise<unknown>) => {
    const answered = Promise.race(
      (['WebAuthn.credentialAdded', 'WebAuthn.credentialAsserted'] as const).map(
        (event) => new Promise<void>((resolve) => cdp.once(event, () => resolve())),
      ),
    )
    await present(true)
    await open()
    await answered
    await present(false)
  }
  const touch = async (open: () => Promise<unknown>) => {
    await present(true)
    await open()
  }
  const failCheck = async (open: () => Promise<unknown>) => {
    await known(false)
    await touch(open)
  }
  const recognise = async () => {
    await present(false)
    await known(true)
  }
  const remove = async () => {
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
  }
  const passkeys = async () => {
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
    return credentials.map(({ credentialId, userDisplayName }) => ({
      id: Buffer.from(credentialId, 'base64').toString('base64url'),
      name: userDisplayName,
    }))
  }
  return { answer, touch, failCheck, recognise, remove, passkeys }
}
