import type { Page } from '@playwright/test'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'intake' })

const count = 200
/** Two letters that tell somebody from all others. */
const letters = (n: number) => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26))

const send = async (page: Page, name: string, rows: readonly string[]) => {
  await page
    .getByLabel(/^A file of/)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await page.getByRole('button', { name: 'Check the file' }).click()
}

test('a bulk intake of 200 by CSV with six bad rows', async ({ page, house, player, setUp, logIn }) => {
  test.setTimeout(180_000)
  const device = await setUp(page, player('registration authority manager'))
  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode)
  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await expect(heading(page)).toHaveText('Find a person')
  await expect(page.getByRole('heading', { name: 'Work to do' })).toBeVisible()
  await look(page)

  // They come.
  await page.getByRole('link', { name: 'Bring in staff' }).first().click()
  const people = Array.from({ length: count }, (_, n) => `Intake${letters(n)},Cohort${letters(n)},1990-01-01,ZZX02`)
  await send(page, 'intake.csv', ['given_name,family_name,birth_date,organisation', ...people])
  await page.getByRole('button', { name: `Add ${count} people` }).click()
  await expect(heading(page)).toHaveText(`${count} people are added`, { timeout: 60_000 })

  // They are told apart by the number that the report of people has.
  const report = await page.evaluate(async () => (await fetch('/api/desk/reports/people.csv')).text())
  const ids = report.split('\n').flatMap((line) => /^(\d{12}),Intake/.exec(line)?.[1] ?? [])
  expect(ids).toHaveLength(count)

  // Six of the rows are wrong, each in another way.
  const rows = ids.map((id) => `${id},ZZX02,"Nurse, outpatients",,`)
  rows[9] = '123,ZZX02,"Nurse, outpatients",,'
  rows[19] = '000000000000,ZZX02,"Nurse, outpatients",,'
  rows[29] = `${ids[29]},ZZX02,No such post,,`
  rows[39] = `${ids[39]},ZZX02,"Nurse, outpatients",,2020-01-01`
  rows[49] = `${ids[48]},ZZX02,"Nurse, outpatients",,`
  rows[59] = `${ids[59]},ZZX02`
  const file = ['staff_id,organisation,position,starts,expires', ...rows]
  await page.goto(`${house.issuer}/desk/work/roles`)
  await expect(heading(page)).toHaveText('Give roles from a file')
  await look(page)
  await send(page, 'roles.csv', ['not,the,columns', ...rows])
  await expect(page.getByRole('alert')).toBeVisible()
  await look(page)
  await send(page, 'roles.csv', file)
  await expect(heading(page)).toHaveText('6 roles cannot be given')
  for (const line of [11, 21, 31, 41, 51, 61])
    await expect(page.getByRole('rowheader', { name: String(line), exact: true })).toBeVisible()
  await look(page)
  await page.screenshot({ path: test.info().outputPath('preview.png'), fullPage: true })

  // The rest is given.
  await page.getByRole('button', { name: 'Give 194 roles and leave out the rest' }).click()
  await expect(heading(page)).toHaveText('194 roles given', { timeout: 60_000 })
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save what became of each row' }).click()
  expect((await saved).suggestedFilename()).toBe('roles-given.csv')
  await look(page)

  // And not again.
  await page.getByRole('link', { name: 'Give more roles' }).click()
  await send(page, 'roles.csv', file)
  await expect(page.getByText('194 roles, left as they are')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Give/ })).toHaveCount(0)

  for (const [path, title] of [
    ['work', 'Work to do'],
    ['work/new-starters', 'New starters without a way to log in'],
    ['work/expiring', 'Roles that end soon'],
    ['work/paused', 'Devices that are paused'],
    ['work/links', 'Links sent and not used yet'],
    ['reports', 'Reports'],
    ['reports/people', 'People'],
    ['reports/authenticators', 'Ways to log in'],
    ['reports/positions', 'Positions and who has them'],
    ['reports/requests', 'Requests'],
    ['reports/sign-ins', 'Log ins'],
  ] as const) {
    await page.goto(`${house.issuer}/desk/${path}`)
    await expect(heading(page)).toHaveText(title)
    await look(page)
    await page.screenshot({ path: test.info().outputPath(`${path.replace('/', '-')}.png`), fullPage: true })
  }
  // The server pages and sorts.
  await page.goto(`${house.issuer}/desk/reports/people`)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page.getByRole('link', { name: 'First page' })).toBeVisible()
})
