import { expect, type Locator, type Page } from '@playwright/test'
import type { House } from './house.ts'

/** What a screen is called. */
export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 })

/** Where a screen says that something was done. */
export const success = (page: Page): Locator => page.getByRole('region', { name: 'Success' })

/** Logs out, by the button of our first page. */
export const logOut = async (page: Page, { issuer }: House): Promise<void> => {
  await page.goto(issuer)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(heading(page)).toHaveText('You are logged out')
}
