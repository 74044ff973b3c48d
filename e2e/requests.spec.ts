import type { Page } from '@playwright/test'
import type { House, Player } from './support/house.ts'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'requests' })

/** Asks the API from a page, as its own code would. */
const ask = (page: Page, method: string, url: string, body?: object) =>
  page.evaluate(
    async ({ method, url, body }) => {
      const answer = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : undefined }
    },
    { method, url, body },
  )

const staffIdOf = async (page: Page, name: string): Promise<string> => {
  const { body } = await ask(page, 'GET', `/api/desk/people?search=${encodeURIComponent(name)}`)
  return body.people[0].staffId
}

/** Makes somebody an agent at the hospital: the first manager asks, and whoever runs the service is the second person. */
const makeAgent = async (house: House, manager: Page, agent: Player): Promise<void> => {
  const position = await ask(manager, 'POST', '/api/desk/positions', {
    ...{
      organisation: house.firstManager.organisationCode,
      name: 'Registration authority agent (duty)',
      duty: 'agent',
    },
    ...{ activities: [], workgroups: [], openedToSponsors: false },
  })
  const asked = { position: position.body.id }
  const staffId = await staffIdOf(manager, agent.name)
  const raised = await ask(manager, 'POST', '/api/desk/requests', { kind: 'give-duty', staffId, asked })
  expect(raised.status, JSON.stringify(raised.body)).toBe(200)
  expect(await house.fobwatch('requests', 'approve', raised.body.id)).toMatch(/done/)
}

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
  await makeAgent(house, page, agent)
  const theirs = await addDevice(other)
  await setUpFrom(other, agent.url, theirs)

  // The manager asks.
  const nurse = player('senior nurse')
  const staffId = await staffIdOf(page, nurse.name)
  await page.goto(`${house.issuer}/desk/issuing/${staffId}`)
  await page.getByLabel('A phone').check()
  await page.getByRole('button', { name: 'Carry on' }).click()
  await page.getByLabel('Copy a link').check()
  await page.getByLabel('No, they do it on their own').check()
  await page.getByRole('button', { name: 'Carry on' }).click()
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
  await expect(other.getByText('You approved it.')).toBeVisible()
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
