import { expect, type Page } from '@playwright/test'
import type { VirtualDevice } from './device.ts'
import type { House, Player } from './house.ts'
import { addDevice, setUpFrom } from './journey.ts'
import { heading } from './screen.ts'

/** Makes the demonstration's manager the first, and logs them in at the desk with a device in this page. */
export const openDesk = async (page: Page, house: House, manager: Player): Promise<VirtualDevice> => {
  const device = await addDevice(page)
  await setUpFrom(page, manager.url, device)
  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode).catch((error) => {
    if (!String(error).includes('already')) throw error // Another story of this file may have been first.
  })
  await page.goto(`${house.issuer}/desk`)
  await device.answer(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
  await expect(heading(page)).toHaveText('Find a person')
  return device
}

/** Finds a person at the desk, by their whole name. */
export const findPerson = async (page: Page, { issuer }: House, name: string): Promise<void> => {
  await page.goto(`${issuer}/desk`)
  await page.getByRole('textbox').fill(name)
  await page.getByRole('link', { name }).click()
  await expect(heading(page)).toHaveText(name)
}

interface Giving {
  device: string
  giving: string
  /** Whether the agent sees them. */
  how: string
  button: string
}

/** From a person's page: makes a link, a code or a pass, looking at each page with `look`. */
export const give = async (
  page: Page,
  { device, giving, how, button }: Giving,
  look: (page: Page) => Promise<void>,
): Promise<void> => {
  await page.getByRole('link', { name: 'Send a set-up link' }).click()
  await look(page)
  await page.getByLabel(device).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await look(page)
  await page.getByLabel(giving).check()
  await page.getByLabel(how).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await look(page)
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByRole('heading', { name: 'What has become of it' })).toBeVisible()
  await look(page)
}
