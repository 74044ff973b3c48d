import { findPerson, give, openDesk } from './support/desk.ts'
import { addDevice, expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'lost-device' })

test('a lost device: paused by the desk, replaced with a temporary pass on the ward, and removed', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere: ward,
}) => {
  // It has many pages.
  test.slow()
  const clerk = player('ward clerk')
  const lost = await setUp(ward, clerk)
  await logIn(ward, lost, 'Fobwatch')
  await expect(heading(ward)).toHaveText(clerk.name)

  // They call the desk.
  await openDesk(page, house, player('registration authority manager'))
  await findPerson(page, house, clerk.name)
  await page.getByText(/^Why it is a standard check/).click()
  await look(page)
  await page.getByRole('link', { name: /^Pause (?!this person)/ }).click()
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('link', { name: 'Select why' })).toBeVisible()
  await look(page)
  await page.getByLabel('They lost it').check()
  await page.getByLabel('Note (optional)').fill('Called from Ward 7')
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(heading(page)).toHaveText(clerk.name)
  await expect(page.getByText(/^Paused because/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Success' })).toContainText('is paused.')
  await expect(page.getByText('Device paused', { exact: true })).toBeVisible()
  await expect(page.getByText('New', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: 'First way to log in' })).toContainText('Paused')
  await look(page)
  await ward.reload()
  await expect(heading(ward)).not.toHaveText(clerk.name)
  await lost.remove()

  // The desk gives a pass, for the shared computer on the ward.
  await give(
    page,
    {
      device: 'A security key',
      giving: 'Give a temporary pass',
      how: 'No, they do it on their own',
      button: 'Make the pass',
    },
    look,
  )
  const staffId = /\d{12}/.exec((await page.getByText('user number').textContent()) ?? '')?.[0] ?? ''
  const code = (await page.locator('code').textContent()) ?? ''
  await ward.goto(`${house.issuer}/shared-device#on`)
  await expect(heading(ward)).toHaveText('This is a shared computer')
  await ward.goto(`${house.issuer}/enrol/code`)
  await ward.getByLabel('Your user number').fill(staffId)
  await ward.getByLabel('Code', { exact: true }).fill(code)
  await ward.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(ward)).toHaveText('Set up a security key to log in')
  await look(ward)

  // The pass logs nobody in, here or at an application.
  await ward.goto(`${house.issuer}/ways`)
  await expect(heading(ward)).toHaveText('Log in')
  await ward.goto(`${house.ward}/sign-in`)
  await expect(heading(ward)).toHaveText('Log in')

  await ward.goto(`${house.issuer}/enrol/pass`)
  const key = await addDevice(ward, { transport: 'usb' })
  await key.answer(() => ward.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(heading(ward)).toHaveText(/is set up$/)
  await look(ward)
  await expect(page.getByRole('listitem').filter({ hasText: 'Done' })).toBeVisible()
  await ward.goto(`${house.issuer}/enrol/pass`)
  await expect(heading(ward)).toHaveText('Your temporary pass is over')
  await look(ward)
  await logIn(ward, key, 'Fobwatch')
  await expect(heading(ward)).toHaveText(`${clerk.name} is logged in`)

  // The old one is gone for good.
  await page.getByRole('link', { name: /^Go back to/ }).click()
  await page.getByRole('link', { name: /^Use it again/ }).click()
  await look(page)
  await page.getByRole('link', { name: /^Go back/ }).click()
  await page
    .getByRole('link', { name: /^Set end date/ })
    .last()
    .click()
  await look(page)
  await page.getByRole('link', { name: /^Go back/ }).click()
  await page
    .locator('.nhsuk-card')
    .filter({ hasText: 'Paused' })
    .getByRole('link', { name: /^Remove/ })
    .click()
  await look(page)
  await page.getByLabel('They do not use it any more').check()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await expect(heading(page)).toHaveText(clerk.name)
  await expect(page.getByText(/^Paused because/)).toHaveCount(0)

  // What is left is their last way, which is said before anything else.
  await page.getByRole('link', { name: /^Remove/ }).click()
  await expect(heading(page)).toHaveText('This is their last way to log in')
  await look(page)

  await page.goto(`${house.issuer}/mailbox`)
  await expect(page.getByRole('heading', { name: 'Your temporary pass was used' })).toBeVisible()
})
