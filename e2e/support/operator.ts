import type { Page } from '@playwright/test'
import type { Device, VirtualDevice } from './device.ts'
import type { House } from './house.ts'
import { expect } from './journey.ts'
import { heading } from './screen.ts'

type LogIn = (page: Page, device: Device, to?: 'Fobwatch') => Promise<void>

/** The user number of whoever is logged in in this page, from our first page. */
const staffIdOn = async (page: Page): Promise<string> => {
  const row = page.locator('.nhsuk-summary-list__row').filter({ hasText: 'User number' })
  return ((await row.locator('dd').textContent()) ?? '').trim()
}

/** Logs somebody in and makes a service operator of them. @returns their user number */
export const becomeOperator = async (
  page: Page,
  house: House,
  device: VirtualDevice,
  logIn: LogIn,
): Promise<string> => {
  await page.goto(house.issuer)
  if ((await heading(page).textContent()) === 'Log in with your own device') await logIn(page, device, 'Fobwatch')
  await expect(page.getByText('User number')).toBeVisible()
  const staffId = await staffIdOn(page)
  await house.makeOperator(staffId)
  return staffId
}
