import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'where-logged-in' })

test('somebody sees where they are logged in, logs out there, and the other browser says why', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  const nurse = player('nurse')
  const computer = await setUp(page, nurse)
  await logIn(page, computer, 'Fobwatch')
  await expect(heading(page)).toHaveText(nurse.name)
  const staffId = (await page.locator('.nhsuk-summary-list__value').first().textContent()) ?? ''
  const [link = ''] = (await house.fobwatch('invite', staffId)).split('\n')
  const key = await addDevice(elsewhere, { transport: 'usb' })
  await setUpFrom(elsewhere, link, key)
  await logIn(elsewhere, key, 'ward list')
  await expect(elsewhere.getByText(nurse.name).first()).toBeVisible()

  await page.goto(house.issuer)
  await page.getByRole('link', { name: 'Where you are logged in' }).click()
  await expect(heading(page)).toHaveText('Where you are logged in')
  const cards = page.locator('.nhsuk-card')
  await expect(cards).toHaveCount(2)
  await expect(cards.first()).toContainText('This one')
  await expect(cards.last()).toContainText('Security key')
  await expect(cards.last()).toContainText('Ward list')
  await look(page)
  await cards
    .last()
    .getByRole('button', { name: /^Log out there/ })
    .click()
  await expect(success(page)).toContainText('You are logged out of ')
  await expect(heading(page)).toBeFocused()
  await expect(cards).toHaveCount(1)
  await expect(page.getByText('You are logged in here and nowhere else.')).toBeVisible()
  await look(page)

  await elsewhere.goto(house.issuer)
  await expect(heading(elsewhere)).toHaveText('You are logged out')
  await expect(elsewhere.getByText('You logged out from another device.')).toBeVisible()
  await look(elsewhere)
  await elsewhere.getByRole('link', { name: 'Log in' }).click()
  await expect(elsewhere.getByText('You are logged out. You logged out from another device.')).toBeVisible()
  await logIn(elsewhere, key)
  await expect(heading(elsewhere)).toHaveText(nurse.name)

  await page.reload()
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  await expect(success(page)).toContainText('You are logged out everywhere else.')
  await elsewhere.reload()
  await expect(heading(elsewhere)).toHaveText('You are logged out')
  await page.reload()
  await expect(heading(page)).toHaveText('Where you are logged in')
})
