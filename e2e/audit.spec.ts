import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'audit' })

test('a service operator searches the log, and copies it with a second person; anybody can verify the copy', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  // It runs seven commands, each of which opens the whole house.
  test.slow()
  const { staffId, organisationCode } = house.firstManager
  const device = await setUp(page, player('registration authority manager'))
  await house.fobwatch('become-first-manager', staffId, organisationCode)
  await house.fobwatch('become-first-service-operator', staffId)
  const [keys, checkpoint] = [join(house.folder, 'keys.json'), join(house.folder, 'checkpoint.jws')]
  await writeFile(keys, await house.fobwatch('audit', 'keys'))
  await writeFile(checkpoint, await house.fobwatch('audit', 'checkpoint'))

  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await page.waitForURL('**/desk')
  await page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Log', exact: true }).click()
  await expect(heading(page)).toHaveText('Log')
  await expect(page.getByRole('heading', { name: /things that happened$/ })).toBeVisible()
  await look(page)

  // By button, with what is wrong said beside its field.
  await page.getByLabel('Whom it happened to').fill('Asha')
  await page.getByRole('button', { name: 'Search the log' }).click()
  await expect(page.getByRole('link', { name: 'Enter a user number of 12 digits' })).toBeVisible()
  await look(page)
  await page.getByLabel('Whom it happened to').fill(staffId)
  await page.getByLabel('What happened').selectOption('Way to log in set up with a link')
  await page.getByRole('button', { name: 'Search the log' }).click()
  await expect(page.getByRole('heading', { name: '1 thing that happened' })).toBeVisible()
  await page.getByText('More about: Way to log in set up with a link').click()
  await expect(page.getByText('authenticator-enrolled')).toBeVisible()
  await look(page)
  await page.goBack()
  await expect(page.getByRole('heading', { name: /things that happened$/ })).toBeVisible()
  await page.getByLabel('Who did it').fill('999999999999')
  await page.getByRole('button', { name: 'Search the log' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody found' })).toBeVisible()
  await look(page)

  // A copy takes a second person, who is here whoever runs the service.
  await page.getByRole('link', { name: 'Make a copy of the log' }).click()
  await expect(heading(page)).toHaveText('Make a copy of the log')
  await look(page)
  await page.getByRole('button', { name: 'Make a copy' }).click()
  await expect(heading(page)).toHaveText('This takes 2 people')
  await page.getByRole('button', { name: 'Ask a second person' }).click()
  await page.getByRole('link', { name: 'See what you asked for' }).click()
  await page.waitForURL('**/desk/requests/*')
  const request = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await house.fobwatch('requests', 'approve', request)
  await page.reload()
  await page.getByRole('link', { name: 'Finish it' }).click()
  await expect(heading(page)).toHaveText('Make a copy of the log')
  await look(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Make a copy' }).click()
  const file = join(house.folder, 'log.jsonl.gz')
  await (await downloading).saveAs(file)
  await expect(heading(page)).toHaveText('The copy is made')
  await look(page)

  const said = await house.fobwatch('audit', 'verify', file, '--keys', keys, '--checkpoint', checkpoint)
  expect(said).toMatch(/^The audit log is as it was sealed: \d+ events/)
  expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
})
