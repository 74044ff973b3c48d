import { openDesk } from './support/desk.ts'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'adding people' })

test('somebody new is added at the desk, with what they showed, and whoever may be the same is looked at', async ({
  page,
  house,
  player,
}) => {
  await openDesk(page, house, player('registration authority manager'))
  const add = async (given: string) => {
    await page.goto(`${house.issuer}/desk/people/new`)
    await page.getByLabel('First name').fill(given)
    await page.getByLabel('Last name').fill('Thistlewood')
    await page.getByLabel('Day').fill('27')
    await page.getByLabel('Month').fill('3')
    await page.getByLabel('Year').fill('1987')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(heading(page)).toHaveText('Where do they work?')
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Level 2: 2 documents').check()
    await page.getByLabel('In person').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(heading(page)).toHaveText('What did they show you?')
    await page.getByLabel('Document').first().selectOption('passport')
    await page.getByLabel('Number on it', { exact: true }).fill(`TEST${given}`)
    await page.getByLabel('Name on it').first().fill(`${given} Thistlewood`)
    await page.getByLabel('Document').last().selectOption('birth-certificate')
    await page.getByLabel('Name on it').last().fill(`${given} Thistlewood`)
  }
  await page.goto(`${house.issuer}/desk/people/new`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('There is a problem')).toBeVisible()
  await look(page)
  await add('Marigold')
  await look(page)
  await page.getByRole('button', { name: 'Add this person' }).click()
  await expect(heading(page)).toHaveText('Marigold Thistlewood is added')
  await look(page)

  await add('Marygold')
  await page.getByRole('button', { name: 'Add this person' }).click()
  await expect(heading(page)).toHaveText('They may have a profile already')
  await expect(page.getByText(/Likely to be the same/)).toBeVisible()
  await look(page)
  await page.getByLabel(/None is the same person/).check()
  await page.getByRole('button', { name: 'Add a new person' }).click()
  await expect(heading(page)).toHaveText('Marygold Thistlewood is added')

  await page.getByRole('link', { name: 'Go to their page' }).click()
  await expect(page.getByText('27 March 1987')).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Change details' }).click()
  await page.getByLabel('Last name').fill('Thistledown')
  await look(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page)).toHaveText('Marygold Thistledown')
  await page.getByRole('link', { name: 'Change registrations' }).click()
  await page.getByLabel('Nursing and Midwifery Council (NMC)').check()
  await page.getByLabel('Number', { exact: true }).fill('TEST42')
  await page.getByRole('button', { name: 'Save the number' }).click()
  await expect(page.getByText('TEST42')).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: /^Go back to/ }).click()
  await page.getByRole('link', { name: 'Raise the identity level' }).click()
  await look(page)
})
