import { addDevice, expect, look, test } from './support/journey.ts'
import { heading, logOut, success } from './support/screen.ts'

test.use({ tale: 'sensitive-record', knowsMakers: true })

test('a sensitive record asks for a strong check, and opens when its reader comes back with one', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const key = await setUp(page, player('nurse'), { transport: 'usb' })
  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, key)
  const computer = await addDevice(page, { transport: 'internal', synced: true })
  await computer.answer(() => page.getByRole('button', { name: 'Add this computer' }).click())
  await expect(success(page)).toContainText('is set up')
  await logOut(page, house)

  await logIn(page, computer, 'ward list')
  await expect(heading(page)).toHaveText('Patients on Ward 7')
  await expect(page.getByText('Sensitive', { exact: true })).toHaveCount(1)
  await page.getByRole('link', { name: 'Horace Neverwas' }).click()
  await expect(heading(page)).toHaveText('This record needs a strong check')
  await expect(page.getByText(/Your last log in: Standard check \(AAL2\), because this computer/)).toBeVisible()
  await look(page)

  await page.getByRole('link', { name: 'Log in with a strong check' }).click()
  await expect(heading(page)).toHaveText('Ward list needs a strong check')
  await look(page)
  await key.answer(() => page.getByRole('button', { name: 'Use your security key' }).click())
  await expect(page).toHaveURL(`${house.ward}/patients/w7-08`)
  await expect(heading(page)).toHaveText('Horace Neverwas')
  await look(page)
})

test('somebody without a strong check is told so, once, and keeps what they had', async ({
  page,
  player,
  setUp,
  logIn,
}) => {
  const computer = await setUp(page, player('senior nurse'), { transport: 'internal', synced: true })
  await logIn(page, computer, 'ward list')
  await page.getByRole('link', { name: 'Horace Neverwas' }).click()
  await page.getByRole('link', { name: 'Log in with a strong check' }).click()
  await expect(heading(page)).toHaveText('You do not have a strong check yet')
  await look(page)
  await page.getByRole('link', { name: 'Go back to the ward list' }).click()
  await expect(heading(page)).toHaveText('Patients on Ward 7')
})
