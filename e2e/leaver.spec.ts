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
