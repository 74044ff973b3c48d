import type { Browser } from '@playwright/test'
import { metadataOfChromium } from './chromium-model.ts'
import { type House, prepareGround } from './house.ts'

/** Of whom a house is asked for. */
interface Tale {
  tale: string
  /** Whether the service has metadata by which it confirms who made the devices of these stories. */
  knowsMakers: boolean
}

/** Where the houses of one worker stand, of which one is open at a time. */
export interface Street {
  /** The house of a tale: the one that is open, if it is the tale's, or else a new one in its place. */
  houseOf: (tale: Tale) => Promise<House>
  clear: () => Promise<void>
}

/** Opens a street for the stories of one worker. */
export const openStreet = async (browser: Browser): Promise<Street> => {
  const ground = await prepareGround()
  let open: { tale: string; house: House } | undefined
  const close = async () => {
    const closing = open
    open = undefined
    await closing?.house.stop()
  }
  return {
    houseOf: async ({ tale, knowsMakers }) => {
      if (open?.tale === tale) return open.house
      await close()
      const house = await ground.startHouse(knowsMakers ? await metadataOfChromium(browser) : undefined)
      open = { tale, house }
      return house
    },
    clear: async () => {
      await close()
      await ground.clear()
    },
  }
}
