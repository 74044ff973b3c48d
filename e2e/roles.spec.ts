import type { Page } from '@playwright/test'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'roles' })

const title = 'Which role are you working in?'
const roles = (page: Page) => page.locator('.nhsuk-radios__item')
const role = (page: Page, name: string) => roles(page).filter({ hasText: name }).getByRole('radio')
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' }).click()

test('somebody with six roles searches them, chooses one, and changes it without another log in', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const device = await setUp(page, player('bank nurse in six places'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText(title)
  await expect(roles(page)).toHaveCount(6)
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await look(page)
  await page.getByRole('button', { name: 'Go back to Ward list' }).click()
  await expect(page).toHaveURL(new RegExp(`^${house.ward}`))
  await page.goto(`${house.ward}/sign-in`)
  await expect(heading(page)).toHaveText(title)

  const search = page.getByRole('textbox', { name: 'Find a role or a place' })
  await search.fill('astronaut')
  await expect(page.getByText('No role of yours matches “astronaut”.')).toBeVisible()
  await search.fill('ward 7')
  await expect(roles(page)).toHaveCount(1)
  await look(page)
  await goOn(page)
  await expect(page.getByRole('alert')).toContainText('Select the role you are working in')
  // The place is part of the name, and can be pressed.
  await expect(page.getByRole('radio', { name: 'Nurse, Ward 7, Fernbrook Hospital (fictional)' })).toBeVisible()
  await page.getByText('Fernbrook Hospital').click()
  await expect(role(page, 'Nurse, Ward 7')).toBeChecked()
  await goOn(page)
  await expect(heading(page)).toHaveText('Patients on Ward 7')

  await page.goto(house.issuer)
  await page.getByRole('link', { name: 'Change role' }).click()
  await expect(heading(page)).toHaveText(title)
  // The last used stands first.
  await expect(roles(page).first()).toContainText('Nurse, Ward 7')
  await expect(roles(page).filter({ hasText: 'You are working in this role now' })).toHaveCount(1)
  await expect(role(page, 'Nurse, Ward 7')).toHaveAccessibleDescription('You are working in this role now')
  await look(page)
  await page.getByRole('link', { name: 'Go back without changing it' }).click()
  await page.getByRole('link', { name: 'Change role' }).click()
  await role(page, 'Night nurse').check()
  await goOn(page)
  await expect(page.getByRole('navigation', { name: 'Account' })).toContainText('Night nurse, Larkhill Care Home')
  await look(page)

  // The application learns of it with its next log in, in silence.
  await page.goto(`${house.ward}/sign-in`)
  await expect(heading(page)).toHaveText('This role does not open Ward 7')
})

test('somebody with one role is never asked for it, nor somebody with none', async ({
  page,
  elsewhere,
  house,
  player,
  setUp,
  logIn,
}) => {
  const device = await setUp(page, player('nurse'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Patients on Ward 7')
  await page.goto(house.issuer)
  await expect(page.getByRole('link', { name: 'Change role' })).toHaveCount(0)
  // Whoever comes by an address that was kept is told so.
  await page.goto(`${house.issuer}/role`)
  await expect(heading(page)).toHaveText('You have one role')
  await expect(page.getByText('You are Nurse, Ward 7, Fernbrook Hospital (fictional).')).toBeVisible()
  await look(page)

  const other = await setUp(elsewhere, player('no role at first'))
  await logIn(elsewhere, other, 'ward list')
  await expect(elsewhere).toHaveURL(new RegExp(`^${house.ward}`))
  await look(elsewhere)
})
