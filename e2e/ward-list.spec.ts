import { expect, look, test } from './support/journey.ts'
import { heading, logOut } from './support/screen.ts'

test.use({ tale: 'ward-list' })

test('the ward list shows who you are, opens a record by your role, and logs you out everywhere', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const nurse = player('nurse')
  const device = await setUp(page, nurse)
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Patients on Ward 7')
  await look(page)
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(page.getByText('does not exist. Nothing here is about a real person.')).toBeVisible()
  await look(page)

  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText('Standard check (AAL2)').first()).toBeVisible()
  await page.getByText('Access token: what this application may ask for you').click()
  await expect(page.getByText(/^Accepted\. It is signed by Fobwatch with ES256/).last()).toBeVisible()
  await look(page)

  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect(page).toHaveURL(`${house.ward}/`)
  await look(page)
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText('Log in with your own device')
  // Nothing is left to sign on with in silence: the application sends the person to the button.
  await page.goto(`${house.ward}/sign-in`)
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeVisible()
})

test('a role without the activity is told plainly that it opens no record', async ({ page, player, setUp, logIn }) => {
  const device = await setUp(page, player('ward clerk'))
  await logIn(page, device, 'ward list')
  await expect(page.getByText('does not open records').first()).toBeVisible()
  // With one role there is nothing to choose, and the page says so, once.
  await page.getByRole('link', { name: 'Change role' }).click()
  await expect(page.getByText('Your role did not change.')).toBeVisible()
  await look(page)
  await page.reload()
  await expect(page.getByText('Your role did not change.')).toHaveCount(0)
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(heading(page)).toHaveText('This role does not open patient records')
  await look(page)
})

test('a nurse sees the ward in the role that she has there, and in no other', async ({
  page,
  player,
  setUp,
  logIn,
}) => {
  // The role that was used last stands first, so that a place is no name for it.
  const role = (name: string) => page.locator('.nhsuk-radios__item').filter({ hasText: name }).getByRole('radio')
  const device = await setUp(page, player('nurse in two places'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Which role are you working in?')
  await role('Nurse, residents').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(page)).toHaveText('This role does not open Ward 7')
  await expect(page.getByText('Mabel Fictional')).toHaveCount(0)
  await look(page)

  await page.getByRole('main').getByRole('link', { name: 'Change role' }).click()
  await expect(heading(page)).toHaveText('Which role are you working in?')
  await role('Nurse, Ward 7').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(page)).toHaveText('Patients on Ward 7')
})

test('logging out of Fobwatch logs you out of the ward list, which takes you back to the same place', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const device = await setUp(page, player('clinical practitioner'))
  await logIn(page, device, 'ward list')
  await page.getByRole('link', { name: 'Arthur Madeup' }).click()
  await expect(heading(page)).toHaveText('Arthur Madeup')

  await logOut(page, house)
  // Fobwatch tells the ward list by itself, a moment later.
  await expect(async () => {
    await page.goto(`${house.ward}/patients/w7-02`)
    await expect(heading(page)).toHaveText('You are logged out', { timeout: 500 })
  }).toPass()
  await expect(page.getByText('You logged out of Fobwatch or of another application')).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Log in', exact: true }).click()
  await logIn(page, device)
  await expect(heading(page)).toHaveText('Arthur Madeup')
})

test('patients go from a screen that stands open when their reader logs out elsewhere', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const device = await setUp(page, player('medical secretary'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Patients on Ward 7')

  const elsewhere = await page.context().newPage()
  await logOut(elsewhere, house)
  await expect(async () => {
    // As the browser says it when somebody comes back to the page.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect(heading(page)).toHaveText('You are logged out', { timeout: 500 })
  }).toPass()
  await expect(page.getByText('Mabel Fictional')).toHaveCount(0)
})

test('a signing key that is revoked locks nobody out of the ward list who is logged in', async ({
  page,
  elsewhere,
  house,
  player,
  setUp,
  logIn,
}) => {
  await logIn(page, await setUp(page, player('senior nurse')), 'ward list')
  const [leaked = ''] = /^\S+\tES256\tsigns/m.exec(await house.fobwatch('keys', 'list'))?.[0].split('\t') ?? []
  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText(`by the key ${leaked}`).first()).toBeAttached()
  await house.fobwatch('keys', 'revoke', leaked)

  // The application learns of it by somebody else's log in, whose tokens another key signed.
  await logIn(elsewhere, await setUp(elsewhere, player('healthcare student')), 'ward list')
  await expect(async () => {
    await elsewhere.goto(`${house.ward}/sign-in?return=/about-you`)
    await expect(elsewhere.getByText(/by the key/).first()).toBeAttached()
    await expect(elsewhere.getByText(`by the key ${leaked}`)).toHaveCount(0, { timeout: 100 })
  }).toPass()

  await page.goto(house.ward)
  await expect(heading(page)).toHaveText('Patients on Ward 7')
  await page.goto(`${house.ward}/about-you`)
  await expect(page.getByText(/^Accepted\./)).toHaveCount(2)
  await expect(page.getByText(`by the key ${leaked}`)).toHaveCount(0)
})
