import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { House } from './support/house.ts'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'rules' })

/** Lays down a rule by the operator's command. */
const rule = async (house: House, scope: string, policy: object, ...options: string[]): Promise<void> => {
  const file = join(house.folder, 'policy.json')
  await writeFile(file, JSON.stringify(policy))
  await house.fobwatch('policy', 'set', scope, file, ...options)
}
const mayNotCopy = 'The rules here ask for a device that cannot copy its passkey to other devices.'

test('an application that allows no synced passkey says why it does not let somebody in', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const nurse = player('nurse')
  const device = await setUp(page, nurse, { synced: true })
  await rule(house, 'client:ward-list', { synced: 'refused' }, '--locks-out', '1')

  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('You cannot log in here with this computer')
  await expect(page.getByRole('listitem')).toHaveText([mayNotCopy])
  await look(page)
  await page.getByRole('button', { name: 'Use another way' }).click()
  await expect(heading(page)).toHaveText('Log in')

  await logIn(page, device, 'Fobwatch')
  await expect(heading(page)).toHaveText(nurse.name)
})

test('an organisation that allows no synced passkey says so at set-up, and the link works for another device', async ({
  page,
  house,
  player,
}) => {
  await rule(house, 'organisation:ZZX03', { synced: 'refused' })
  const synced = await addDevice(page, { synced: true })
  const { url } = player('physiotherapist at Larkhill')
  await page.goto(url)
  await synced.answer(() => page.getByRole('button', { name: 'Set up this computer' }).click())
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(/We cannot set up this device$/)
  await expect(page.getByRole('listitem').filter({ hasText: mayNotCopy })).toBeVisible()
  await look(page)
  await synced.remove()
  await setUpFrom(page, url, await addDevice(page))
})
