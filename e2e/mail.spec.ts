import { addDevice, expect, look, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'mail' })

test('a person is told by mail of each device that is set up', async ({ page, house, player, setUp, logIn }) => {
  await page.goto(`${house.issuer}/mailbox`)
  await expect(page.getByText('There is no mail yet.')).toBeVisible()
  await look(page)

  const first = await setUp(page, player('ward clerk'))
  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, first)
  await expect(heading(page)).toHaveText('Add another way to log in')
  await first.remove()
  const key = await addDevice(page, { transport: 'usb' })
  await key.answer(() => page.getByRole('button', { name: 'Add a security key' }).click())
  await expect(success(page)).toContainText('You can log in with it now.')

  const mails = page.getByRole('article')
  await expect(async () => {
    await page.goto(`${house.issuer}/mailbox`)
    await expect(mails).toHaveCount(2, { timeout: 1000 })
  }).toPass()
  const newest = mails.first()
  await expect(newest.getByRole('heading', { level: 2 })).toHaveText('A new way to log in was set up')
  await expect(newest).toContainText('To zainab.merrifield@fernbrook.example')
  await expect(newest).toContainText('A new way to log in was set up for you: Security key')
  await expect(newest).toContainText('call the desk now')
  await expect(newest.getByRole('link')).toHaveCount(0)
  await look(page)
})
