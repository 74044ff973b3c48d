import type { Page } from '@playwright/test'
import { addDevice, expect, look, test } from './support/journey.ts'
import { heading, logOut, success } from './support/screen.ts'

test.use({ tale: 'levels', knowsMakers: true })

const strong =
  'Strong check (AAL3), because the passkey cannot leave this key, we confirmed the maker and you used your PIN.'
const copied = /^Standard check \(AAL2\), because this computer (can copy|has copied) its passkey/

/** The card of one way to log in. */
const card = (page: Page, name: string) =>
  page.locator('.nhsuk-card').filter({ has: page.getByRole('heading', { level: 2, name }) })

test('a person is at AAL3 with an attested key and at AAL2 with a synced passkey, and is told why', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const key = await setUp(page, player('nurse'), { transport: 'usb' })
  await expect(page.getByText(strong)).toBeVisible()
  await logIn(page, key, 'ward list')
  await expect(page).toHaveURL(`${house.ward}/`)
  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText(strong)).toBeVisible()
  await page.getByText('What the token calls this check').click()
  await expect(page.getByText('AAL3_FIDO2', { exact: true })).toBeVisible()
  await expect(page.getByText('pop, user, mfa, hwk, pin', { exact: true })).toBeVisible()
  await look(page)
  await page.goto(house.issuer)
  await expect(page.getByText(strong)).toBeVisible()

  await page.goto(`${house.issuer}/ways/add`)
  const computer = await addDevice(page, { transport: 'internal', synced: true })
  await computer.answer(() => page.getByRole('button', { name: 'Add this computer' }).click())
  await expect(success(page)).toContainText('is set up')
  await expect(card(page, 'Bramble Key').getByText(strong)).toBeVisible()
  const picture = card(page, 'Bramble Key').locator('img')
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8)
  await expect(card(page, 'Linux computer').getByText(copied)).toBeVisible()
  await look(page)
  await logOut(page, house)

  await logIn(page, computer, 'ward list')
  await expect(page).toHaveURL(`${house.ward}/`)
  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText(copied)).toBeVisible()
  await page.goto(house.issuer)
  await expect(page.getByText(copied)).toBeVisible()
})

test('whoever can give a strong check is asked for it before they add a way', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const key = await setUp(page, player('senior nurse'), { transport: 'usb' })
  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, key)
  const computer = await addDevice(page, { transport: 'internal', synced: true })
  await computer.answer(() => page.getByRole('button', { name: 'Add this computer' }).click())
  await expect(success(page)).toContainText('is set up')
  await logOut(page, house)

  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, computer)
  await expect(heading(page)).toHaveText('Check it is you')
  await expect(page.getByText('It needs a stronger check than the one you logged in with')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Bramble Key' })).toBeVisible()
  await expect(page.getByText('Linux computer')).toHaveCount(0)
  await look(page)
  await key.answer(() => page.getByRole('button', { name: 'Use your security key' }).click())
  await expect(heading(page)).toHaveText('Add another way to log in')

  const card = await addDevice(page, { transport: 'smart-card' })
  await card.answer(() => page.getByRole('button', { name: 'Add a security key' }).click())
  await expect(page.getByText(strong.replace('this key', 'this smartcard'))).toBeVisible()
})

test('an attested key that is added after a standard check stays at AAL2', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const computer = await setUp(page, player('ward clerk'), { transport: 'internal', synced: true })
  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, computer)
  const key = await addDevice(page, { transport: 'usb' })
  await key.answer(() => page.getByRole('button', { name: 'Add a security key' }).click())
  const lower = 'Standard check (AAL2), because you added it after a lower check.'
  await expect(card(page, 'Bramble Key').getByText(lower)).toBeVisible()
  await logOut(page, house)

  await logIn(page, key, 'ward list')
  await expect(page).toHaveURL(`${house.ward}/`)
  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText(lower)).toBeVisible()
})
