import { type Browser, chromium, type Page } from '@playwright/test'
import { addDevice, type Device } from '../../../e2e/support/device.ts'
import { provideChromium } from '../../chromium.ts'
import type { PrintedLink } from './start.ts'

/** Somebody with a browser of their own and a device in it. */
export interface Visitor {
  name: string
  /** Opens their link and sets up the device. Resolves when the page says that it is set up. */
  setUp: (link: PrintedLink) => Promise<void>
  /** Goes to the ward application, logs in with the device, and waits for the ward list. */
  readWardList: (ward: string) => Promise<void>
  /** Forgets every cookie, as if the browser had been closed. */
  forgetCookies: () => Promise<void>
  screenshot: (file: string) => Promise<void>
}

const runsAsRoot = process.getuid?.() === 0
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** A headless Chromium, installed first where there is none. */
export const openBrowser = async (say: (line: string) => void): Promise<Browser> =>
  chromium.launch({
    executablePath: await provideChromium(say),
    args: [...quiet, ...(runsAsRoot ? ['--no-sandbox'] : [])],
  })

/** Else the device may answer the autofill that waits behind the button, before the button is pressed. */
const noAutofill = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false'

/** Lets somebody in, with a browser profile and a device of their own. */
export const letIn = async (browser: Browser, name: string): Promise<Visitor> => {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' })
  await context.addInitScript(noAutofill)
  const page = await context.newPage()
  const device = await addDevice(page)
  return {
    name,
    setUp: (link) => setUp(page, device, link),
    readWardList: (ward) => readWardList(page, device, ward),
    forgetCookies: () => context.clearCookies(),
    screenshot: async (file) => void (await page.screenshot({ path: file, fullPage: true })),
  }
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

const setUp = async (page: Page, device: Device, { name, url }: PrintedLink): Promise<void> => {
  await page.goto(url)
  await page.getByText(`Hello ${name}`).waitFor()
  await device.answer(() => page.getByRole('button', { name: /^Set up this/ }).click())
  await heading(page, /is set up$/).waitFor()
}

const readWardList = async (page: Page, device: Device, ward: string): Promise<void> => {
  await page.goto(ward)
  await page
    .getByRole('button', { name: 'Log in' })
    .or(page.getByRole('link', { name: 'Log in' }))
    .first()
    .click()
  await page.getByText('to carry on to Ward list').waitFor()
  await device.answer(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
  await heading(page, 'Patients on Ward 7').waitFor()
  await page.getByRole('cell', { name: 'Mabel Fictional' }).waitFor()
}
