import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

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
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(heading(page)).toHaveText('This role does not open patient records')
  await look(page)
})
