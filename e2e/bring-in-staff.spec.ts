import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'bring-in-staff' })

const heads = 'given_name,family_name,birth_date,organisation,email'

test('an agent brings in staff from a file, sees what is wrong with it first, and adds the good rows', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const device = await setUp(page, player('registration authority manager'))
  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode)
  await page.goto(`${house.issuer}/desk/import`)
  await logIn(page, device)
  await page.waitForURL('**/desk/import')
  await expect(heading(page)).toHaveText('Bring in staff from a file')
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('link', { name: 'Choose a file.' })).toBeVisible()
  await page.getByText('The columns of the file').click()
  await look(page)

  const rows = [
    `Quillon,Fabricated,1990-02-28,${organisationCode},quillon@fernbrook.example`,
    `Zephyrine,Inventory,1984-11-03,${organisationCode},`,
    `Osric,Untrue,1984-02-30,${organisationCode},`,
    `Peregrine,Nowhere,1984-03-01,NOPE9,not an address`,
  ]
  const file = { name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from([heads, ...rows].join('\n')) }
  await page.getByLabel('A file of staff').setInputFiles(file)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(heading(page)).toHaveText('2 rows cannot be added')
  await expect(page.getByRole('row').filter({ hasText: 'birth_date' })).toContainText('must be a day')
  await look(page)
  await page.getByRole('button', { name: 'Add 2 people and leave out the rest' }).click()
  await expect(heading(page)).toHaveText('2 people are added')
  await expect(page.getByRole('link', { name: 'Quillon Fabricated' })).toBeVisible()
  await expect(page.getByText(/User number \d{12}/).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Give roles from a file' })).toBeVisible()
  await look(page)

  await page.getByRole('link', { name: 'Bring in more' }).click()
  await page.getByLabel('A file of staff').setInputFiles({ ...file, buffer: Buffer.from([heads, rows[0]].join('\n')) })
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(heading(page)).toHaveText('There is nobody new in this file')
  await look(page)
})
