import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'
import { makeAgent, staffIdOf } from './support/two-people.ts'

test.use({ tale: 'requests' })

test('a link for somebody whose identity is well proved takes two people: one asks, another approves, the first makes it', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere: other,
}) => {
  const manager = player('registration authority manager')
  const device = await setUp(page, manager)
  await house.fobwatch('become-first-manager', house.firstManager.staffId, house.firstManager.organisationCode)
  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await page.waitForURL('**/desk')
  const agent = player('privacy officer')
  const theirs = await addDevice(other)
  await setUpFrom(other, agent.url, theirs)
  await makeAgent(house, page, agent)

  // The manager asks.
  const nurse = player('senior nurse')
  const staffId = await staffIdOf(page, nurse.name)
  await page.goto(`${house.issuer}/desk/issuing/${staffId}`)
  await page.getByLabel('A phone').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Copy a link').check()
  await page.getByLabel('No, they do it on their own').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(heading(page)).toHaveText('This takes 2 people')
  await look(page)
  await page.getByLabel(/^Why you ask/).fill('New phone, starts on Monday.')
  await page.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(heading(page)).toHaveText('You have asked a second person')
  await look(page)
  await page.getByRole('link', { name: 'See what you asked for' }).click()
  await expect(heading(page)).toHaveText(/^What you asked for/)
  await look(page)
  await expect(page.getByRole('link', { name: 'Finish it' })).toHaveCount(0)

  // The agent finds it in their list, holds it by looking at it, and approves.
  await other.goto(`${house.issuer}/desk/requests`)
  await logIn(other, theirs)
  await other.waitForURL('**/desk/requests')
  await expect(heading(other)).toHaveText('Requests for you to decide')
  await look(other)
  await expect(
    other.getByRole('rowheader', { name: `${nurse.name} (Send a set-up link, code or pass)`, exact: true }),
  ).toBeVisible()
  await other.getByRole('link', { name: new RegExp(`^${nurse.name}`) }).click()
  await expect(other.getByText('It is with you until')).toBeVisible()
  await expect(other.getByText('New phone, starts on Monday.')).toBeVisible()
  await look(other)
  await other.getByRole('button', { name: 'Save what you decided' }).click()
  await expect(other.getByRole('link', { name: 'Select what you decide' })).toBeVisible()
  await look(other)
  await other.getByLabel('Approve it').check()
  await other.getByRole('button', { name: 'Save what you decided' }).click()
  await expect(heading(other)).toHaveText('Requests for you to decide')
  await expect(success(other)).toContainText('You approved it.')
  await expect(other.getByText('There is nothing for you to decide.')).toBeVisible()

  // The manager finishes it.
  await page.reload()
  await page.getByRole('link', { name: 'Finish it' }).click()
  await expect(heading(page)).toHaveText(`Make it for ${nurse.name}`)
  await look(page)
  await page.getByRole('button', { name: 'Make it now' }).click()
  await expect(page.locator('code')).toHaveText(/\/enrol#/)
  await page.goto(`${house.issuer}/desk/requests/mine`)
  await expect(page.getByText('Done')).toHaveCount(2)
  await look(page)
})
