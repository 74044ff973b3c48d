import { type Browser, chromium, type Page } from '@playwright/test'
import { addDevice, type Device } from '../../../e2e/support/device.ts'
import { provideChromium } from '../../chromium.ts'
import type { Manner, Seen } from './manners.ts'
import type { Visit } from './suite-api.ts'

/** Somebody with a browser and a device in it, who does what the suite asks. */
export interface Person {
  /** Sets up the device with a link. */
  setUp: (link: string) => Promise<void>
  /**
   * Opens a page and does what is to be done there, until the browser is at the suite or nothing more can be done.
   * @returns what was seen
   */
  visit: (visit: Visit, manner: Manner) => Promise<Seen>
  /** Forgets every cookie, as if the browser had been closed. */
  forget: () => Promise<void>
}

const runsAsRoot = process.getuid?.() === 0
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** A headless Chromium that trusts one certificate besides. @param spki see `Certificate` */
export const openBrowser = async (say: (line: string) => void, spki: string): Promise<Browser> =>
  chromium.launch({
    executablePath: await provideChromium(say),
    args: [...quiet, `--ignore-certificate-errors-spki-list=${spki}`, ...(runsAsRoot ? ['--no-sandbox'] : [])],
  })

/** Else the device may answer the autofill that waits behind the button, before the button is pressed. */
const noAutofill = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false'

/** Lets somebody in, with a browser profile and a virtual authenticator. */
export const letIn = async (browser: Browser, issuer: string): Promise<Person> => {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' })
  await context.addInitScript(noAutofill)
  const page = await context.newPage()
  const device = await addDevice(page)
  return {
    setUp: async (link) => {
      await page.goto(link)
      await device.answer(() => page.getByRole('button', { name: /^Set up this/ }).click())
      await page.getByRole('heading', { level: 1, name: /is set up$/ }).waitFor()
    },
    visit: (visit, manner) => goThrough({ page, device, issuer }, visit, manner),
    forget: async () => {
      await page.goto('about:blank')
      await context.clearCookies()
    },
  }
}

/** An application may also post its request (OpenID Connect Core §3.1.2.1). */
const open = async (page: Page, { url, method }: Visit): Promise<void> => {
  if (method !== 'POST') return void (await page.goto(url))
  const { origin, pathname, searchParams } = new URL(url)
  const fields = [...searchParams].map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  )
  await page.setContent(
    `<form method="post" action="${origin}${pathname}">${fields.join('')}<button>Send</button></form>`,
  )
  await page.getByRole('button').click()
}

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

interface Place {
  page: Page
  device: Device
  issuer: string
}

const goThrough = async (place: Place, visit: Visit, manner: Manner): Promise<Seen> => {
  const { page, issuer } = place
  const isHere = () => page.url().startsWith(`${issuer}/`)
  const look = async (): Promise<Buffer | undefined> => {
    if (!isHere()) return undefined
    await page.getByRole('heading', { level: 1 }).waitFor()
    const details = page.locator('details:not([open])', { hasText: 'For the team that runs the application' })
    if ((await details.count()) > 0) await details.locator('summary').click()
    return page.screenshot()
  }
  await open(page, visit)
  const first = await look()
  const isAsked = isHere() && new URL(page.url()).pathname.startsWith('/sign-in/')
  if (isAsked && manner !== 'look-only') await answerLogIn(place, manner)
  if (isHere() && (await logOutButton(page).count()) > 0) {
    await logOutButton(page).click()
    await page.waitForURL((at) => at.origin !== issuer || at.pathname.endsWith('/success'))
  }
  // The suite's own page tells the suite what came back by a script.
  await page.waitForLoadState('networkidle')
  return { logIn: isAsked ? first : undefined, end: await look() }
}

const logOutButton = (page: Page) => page.getByRole('button', { name: 'Log out', exact: true })

const answerLogIn = async ({ page, device }: Place, manner: Manner): Promise<void> => {
  const left = page.waitForURL((at) => !at.pathname.startsWith('/sign-in/'))
  if (manner === 'go-back') await page.getByRole('button', { name: /^Go back to / }).click()
  else await device.answer(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
  await left
}
