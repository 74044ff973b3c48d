import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'logout-test' })

test('whoever manages applications sends one a log out, and sees what it says', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const operator = player('nurse')
  const device = await setUp(page, operator)
  await logIn(page, device, 'Fobwatch')
  await expect(heading(page)).toHaveText(operator.name)
  await expect(page.getByRole('link', { name: 'Try an application’s log out' })).toHaveCount(0)
  const staffId = (await page.locator('.nhsuk-summary-list__value').first().textContent()) ?? ''
  await house.fobwatch('become-first-service-operator', staffId)
  await page.reload()
  await page.getByRole('link', { name: 'Try an application’s log out' }).click()
  await expect(heading(page)).toHaveText('Try an application’s log out')
  await page.getByLabel('Ward list').check()
  await page.getByLabel('One that never was').check()
  await look(page)
  await page.getByRole('button', { name: 'Send it' }).click()
  await expect(heading(page)).toHaveText('The log out was accepted')
  await expect(page.getByText('http://schemas.openid.net/event/backchannel-logout')).toBeVisible()
  await look(page)
  await page.getByRole('button', { name: 'Change what is sent' }).click()
  await expect(heading(page)).toHaveText('Try an application’s log out')

  // Their own: they are logged out of the application, and stay logged in here.
  await page.goto(`${house.ward}/sign-in`)
  await expect(page.getByText(operator.name).first()).toBeVisible()
  const said = await house.fobwatch('clients', 'test-logout', 'ward-list')
  expect(said).toContain('The application accepted the log out.')
  await page.goto(`${house.issuer}/developers/logout-test`)
  await page.getByLabel('Ward list').check()
  await page.getByLabel('My own').check()
  await page.getByRole('button', { name: 'Send it' }).click()
  await expect(heading(page)).toHaveText('The log out was accepted')
  await page.goto(house.ward)
  await expect(page.getByRole('button', { name: 'Log out' })).toHaveCount(0)
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText(operator.name)
})
