import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import type { Result } from 'axe-core'
import { addDevice, type Device, type DeviceOptions, type VirtualDevice } from './device.ts'
import type { House, Player } from './house.ts'
import { openStreet, type Street } from './street.ts'

export { expect } from '@playwright/test'
export { addDevice } from './device.ts'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The short form: every page that is looked at reads it anew. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  axe: typeof import('axe-core')
}

/** Runs in the page, which has no frames that it would have to follow. */
const findViolations = async (tags: string[]): Promise<Result[]> =>
  (await (globalThis as unknown as Axe).axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations

/** Holds a screen against WCAG 2.2 AA, and against a window as narrow as a small phone. */
export const look = async (page: Page): Promise<void> => {
  // A page that is still being fetched has no heading yet.
  await expect(page.locator('h1').filter({ visible: true })).toHaveCount(1)
  expect(page.frames(), `${page.url()} has frames`).toHaveLength(1)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  expect(await page.evaluate(findViolations, wcag), `on ${page.url()}`).toEqual([])
  const window = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${page.url()} scrolls sideways at 320 pixels`).toBeLessThanOrEqual(0)
  if (window) await page.setViewportSize(window)
}

/**
 * Runs in the page: a browser without autofill. One with it asks its devices as soon as the page opens, and whether that
 * request or the press of the button is answered is a race that no story should tell.
 */
const withoutAutofill = () => {
  if (!('PublicKeyCredential' in window)) return // A page without an origin of its own has none.
  PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
}

/** A page of another browser, which is to be closed by whoever opens it. */
export const openBrowser = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage()
  await page.addInitScript(withoutAutofill)
  return page
}

/** Sets up a device from a link, in this page. */
export const setUpFrom = async (page: Page, url: string, device: Device): Promise<void> => {
  await page.goto(url)
  const button = page.getByRole('button', { name: /^Set up (this|a security key)/ })
  // A browser whose device has no screen lock offers a security key alone.
  const useKey = page.getByRole('link', { name: 'Use a security key' })
  await expect(button.or(useKey)).toBeVisible()
  if (await useKey.isVisible()) await useKey.click()
  await device.answer(() => button.click())
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/is set up$/)
}

/** What a story is told with. */
interface Fixtures {
  /** Whose house it is: the stories of a file share one, and no other file has it. */
  tale: string
  /** Whether the service has metadata by which it confirms who made the devices of these stories. */
  knowsMakers: boolean
  house: House
  /** Whether the browser offers passkeys in a field of the page, where a story says so. */
  autofill: boolean
  /** Where the browser's complaints about our pages are kept; none may be left at the end. */
  complaints: string[]
  /** The demonstration person with this job. Within a file, each story has people of its own. */
  player: (job: string) => Player
  /** Sets up a virtual device from a person's link, in this page. */
  setUp: (page: Page, player: Pick<Player, 'url'>, options?: DeviceOptions) => Promise<VirtualDevice>
  /** A page of another browser. */
  elsewhere: Page
  /** Logs in by the button, to what is named, or where the log-in page is open. */
  logIn: (page: Page, device: Device, to?: 'ward list' | 'Fobwatch') => Promise<void>
}

export const test = base.extend<Fixtures, { street: Street }>({
  autofill: [false, { option: true }],
  tale: ['', { option: true }],
  knowsMakers: [false, { option: true }],
  street: [
    async ({ browser }, use) => {
      const street = await openStreet(browser)
      await use(street)
      await street.clear()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  house: [
    async ({ street, tale, knowsMakers }, use) => {
      await use(await street.houseOf({ tale, knowsMakers }))
    },
    { timeout: 60_000 },
  ],
  complaints: [
    async ({ page, autofill }, use) => {
      const complaints: string[] = []
      if (!autofill) await page.addInitScript(withoutAutofill)
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content.Security.Policy|refused to/i.test(message.text()))
          complaints.push(message.text())
      })
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
  elsewhere: async ({ browser }, use) => {
    const page = await openBrowser(browser)
    await use(page)
    await page.context().close()
  },
  player: async ({ house }, use) => {
    await use((job) => {
      const found = house.players.find((each) => each.job === job)
      if (!found) throw new Error(`The demonstration has no ${job} with a link`)
      return found
    })
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are used from this pattern
  setUp: async ({}, use) => {
    await use(async (page, { url }, options) => {
      const device = await addDevice(page, options)
      await setUpFrom(page, url, device)
      return device
    })
  },
  logIn: async ({ house }, use) => {
    const doors = { 'ward list': `${house.ward}/sign-in`, Fobwatch: `${house.issuer}/sign-in/fobwatch` }
    await use(async (page, device, to) => {
      if (to) await page.goto(doors[to])
      await device.answer(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
    })
  },
})

/** Waits until the page says that the browser's box is open. */
export const boxIsOpen = (page: Page): Promise<void> =>
  expect(page.getByText('Look for the box from your browser').first()).toBeVisible()
