import type { Page } from '@playwright/test'
import { openDesk } from './support/desk.ts'
import { addDevice, expect, look, openBrowser, setUpFrom, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'
import { makeAgent } from './support/two-people.ts'
import { androidPhone } from './support/user-agents.ts'

test.use({ tale: 'new-starter' })

const starter = { givenName: 'Ottoline', familyName: 'Brackenbury', name: 'Ottoline Brackenbury' }

/** Adds somebody who shows three documents, from the desk's first page. */
const addPerson = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByLabel('First name').fill(starter.givenName)
  await page.getByLabel('Last name').fill(starter.familyName)
  const birth = page.getByRole('group', { name: 'Date of birth' })
  await birth.getByLabel('Day').fill('12')
  await birth.getByLabel('Month').fill('3')
  await birth.getByLabel('Year').fill('1991')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Fernbrook Hospital (fictional)').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Level 3: 3 documents').check()
  await page.getByLabel('In person').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  for (const [part, document, number] of [
    ['photo', 'passport', 'TEST90210041'],
    ['address', 'utility-bill', 'TEST-18'],
    ['other', 'birth-certificate', ''],
  ] as const) {
    await page.locator(`#${part}-document`).selectOption(document)
    await page.locator(`#${part}-number`).fill(number)
    await page.locator(`#${part}-name`).fill(starter.name)
  }
  await page.getByRole('button', { name: 'Add this person' }).click()
  await expect(heading(page)).toHaveText(`${starter.name} is added`)
}

const giveRole = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Go to their page' }).click()
  await page.getByRole('link', { name: 'Give a role' }).click()
  await page.getByLabel('Find a position').fill('ward 7')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('radio', { name: /^Nurse, Ward 7\b/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Give the role' }).click()
  await expect(success(page)).toContainText(`${starter.name} has been given Nurse, Ward 7`)
}

const askForLink = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: `Go back to ${starter.name}` }).click()
  await page.getByRole('link', { name: 'Send a set-up link' }).click()
  await page.getByLabel('A phone').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Copy a link').check()
  await page.getByLabel('Yes, in person').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(heading(page)).toHaveText('This takes 2 people')
  await expect(page.getByText('It takes 2 people because their identity is proved at level 3.')).toBeVisible()
  await page.getByLabel(/^Why you ask/).fill('Starts on ward 7 today.')
  await page.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(heading(page)).toHaveText('You have asked a second person')
}

const approve = async (page: Page, issuer: string): Promise<void> => {
  await page.goto(`${issuer}/desk/requests`)
  await page.getByRole('link', { name: new RegExp(`^${starter.name}`) }).click()
  await expect(page.getByText('Starts on ward 7 today.')).toBeVisible()
  await page.getByLabel('Approve it').check()
  await page.getByRole('button', { name: 'Save what you decided' }).click()
  await expect(success(page)).toContainText('You approved it.')
}

test('a new starter: two people at the desk, from the first document to the first log in', async ({
  page,
  browser,
  house,
  player,
  setUp,
  logIn,
  elsewhere: manager,
}) => {
  test.setTimeout(180_000)
  await openDesk(manager, house, player('registration authority manager'))
  const agent = player('privacy officer')
  const device = await setUp(page, agent)
  await makeAgent(house, manager, agent)

  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await expect(heading(page)).toHaveText('Find a person')
  await addPerson(page)
  await giveRole(page)
  await askForLink(page)
  await look(page)
  await approve(manager, house.issuer)

  await page.goto(`${house.issuer}/desk`)
  await page.getByRole('link', { name: 'Approved, and waiting for you to finish: 1' }).click()
  await page.getByRole('link', { name: new RegExp(`^${starter.name}`) }).click()
  await page.getByRole('link', { name: 'Finish it' }).click()
  await page.getByRole('button', { name: 'Make it now' }).click()
  const url = (await page.locator('code').textContent()) ?? ''

  const phone = await openBrowser(browser, { userAgent: androidPhone })
  const theirs = await addDevice(phone)
  await setUpFrom(phone, url, theirs)
  await logIn(phone, theirs, 'ward list')
  await expect(heading(phone)).toHaveText('Patients on Ward 7')
  await expect(phone.getByText(starter.name).first()).toBeVisible()
  await phone.context().close()
})
