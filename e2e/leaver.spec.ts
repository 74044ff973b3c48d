import { findPerson, give, openDesk } from './support/desk.ts'
import { expect, look, setUpFrom, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'leaver' })

test('a leaver: closed at the desk, they are out everywhere at once; brought back, they need a new link', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere: theirs,
}) => {
  const clerk = player('ward clerk')
  const device = await setUp(theirs, clerk)
  await logIn(theirs, device, 'ward list')
  await expect(heading(theirs)).toHaveText('Patients on Ward 7')
  await theirs.goto(`${house.issuer}/information`)
  await expect(heading(theirs)).toHaveText('Your information')
  await expect(theirs.getByText('Logged in').first()).toBeVisible()
  await look(theirs)

  await openDesk(page, house, player('registration authority manager'))
  await findPerson(page, house, clerk.name)
  await look(page)
  await page.getByRole('link', { name: 'Close this person' }).click()
  await expect(heading(page)).toHaveText(`Close ${clerk.name}?`)
  await page.getByRole('button', { name: 'Close this person' }).click()
  await expect(page.getByText('There is a problem')).toBeVisible()
  await look(page)
  await page.getByLabel('They left').check()
  await page.getByRole('button', { name: 'Close this person' }).click()
  await expect(heading(page)).toHaveText(`${clerk.name} is closed`)
  await look(page)

  // Here, and at the application, which was told.
  await theirs.goto(`${house.issuer}/ways`)
  await expect(theirs.getByRole('button', { name: 'Log in', exact: true })).toBeVisible()
  await expect(async () => {
    await theirs.goto(`${house.ward}/`)
    await expect(theirs.getByRole('row')).toHaveCount(0, { timeout: 1_000 })
  }).toPass()
  await logIn(theirs, device, 'Fobwatch')
  await expect(heading(theirs)).toHaveText(/is no longer set up$/)

  await page.getByRole('link', { name: 'Go to their page' }).click()
  await expect(page.getByText(/^This profile is closed since/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Send a set-up link' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Give a role' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Bring this person back' }).click()
  await look(page)
  await page.getByLabel('Why are they coming back?').fill('Back from another trust')
  await page.getByRole('button', { name: 'Bring this person back' }).click()
  await expect(heading(page)).toHaveText(`${clerk.name} is back`)
  await logIn(theirs, device, 'Fobwatch')
  await expect(heading(theirs)).toHaveText(/is no longer set up$/)

  await give(
    page,
    { device: 'A computer', giving: 'Copy a link', how: 'Yes, in person', button: 'Make the link' },
    look,
  )
  const url = (await page.locator('code').textContent()) ?? ''
  await setUpFrom(theirs, url, device)
  await logIn(theirs, device, 'Fobwatch')
  await expect(heading(theirs)).toHaveText(clerk.name)
})
