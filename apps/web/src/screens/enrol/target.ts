import type { PlannedDevice } from '@fobwatch/contracts'
import type { Hint } from '../../ceremony/index.ts'
import { type BrowserFacts, deviceWord } from '../../words/device.ts'

/** What there is to know of the device in hand before anything is offered. */
export interface DeviceInHand {
  hasLock: boolean
  /** Whether other people use it, so that nothing of one person's is to be kept on it. */
  isShared: boolean
}

/** What is set up: what it is called, and which kind the browser is to ask for first. */
export interface Target {
  /** After "Set up ". */
  it: string
  word: string
  /** Where fingerprints stay. */
  stays: string
  hint: Hint | undefined
  /** Whether it is part of the device in hand. */
  inHand: boolean
  /** Another device that reads a square code off this one. */
  isFar: boolean
}

const key: Target = {
  ...{ it: 'a security key', word: 'security key', stays: 'the key' },
  ...{ hint: 'security-key', inHand: false, isFar: false },
}
const card: Target = { ...key, it: 'a smartcard', word: 'smartcard', stays: 'the card' }
const phone: Target = {
  ...{ it: 'your phone', word: 'phone', stays: 'your phone' },
  ...{ hint: 'hybrid', inHand: false, isFar: true },
}

/**
 * Chooses what is offered: what the person asked for on this page, what the desk planned, or else the device in hand; on
 * one that other people use nothing that stays on it.
 * @param asked the kind that a link of the page asks for
 */
export const targetOf = (
  asked: string | undefined,
  planned: PlannedDevice | null,
  { hasLock, isShared }: DeviceInHand,
  browser: BrowserFacts,
): Target => {
  const device = deviceWord(browser)
  if (asked === 'security-key') return key
  if (asked !== 'here') {
    if (planned === 'smartcard') return card
    if (planned === 'security-key') return key
    if (planned === 'phone' && device === 'computer') return phone
  }
  if (isShared) return key
  const here = `this ${device}`
  return {
    it: here,
    word: device,
    stays: here,
    hint: hasLock ? 'client-device' : undefined,
    inHand: true,
    isFar: false,
  }
}
