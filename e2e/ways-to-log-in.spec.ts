import { addDevice, boxIsOpen, expect, look, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'
import { hearSignals } from './support/signals.ts'

test.use({ tale: 'ways-to-log-in' })

test('a person adds a second way to log in, renames it, and removes both', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const officer = player('privacy officer')
  const heard = await hearSignals(page)
  const first = await setUp(page, officer)
  await page.goto(`${house.issuer}/ways`)
  await logIn(page, first)
  await expect(heading(page)).toHaveText('Your ways to log in')
  await expect(page.getByText('You have 1 way to log in. If you lose it, you must visit the desk.')).toBeVisible()
  await look(page)

  await page
    .getByRole('button', { name: 'Add another way' })
    .or(page.getByRole('link', { name: 'Add another way' }))
    .click()
  await expect(heading(page)).toHaveText('Add another way to log in')
  await look(page)
  await first.remove()
  const key = await addDevice(page, { transport: 'usb' })
  const addKey = page.getByRole('button', { name: 'Add a security key' })
  await addKey.focus()
  await page.keyboard.press('Enter')
  await boxIsOpen(page)
  await expect(page.locator('button[aria-disabled=true]')).toHaveText([
    /^Add this/,
    'Add a phone',
    'Add a security key',
  ])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(addKey).toBeFocused()
  await key.answer(() => addKey.click())
  await expect(success(page)).toContainText('You can log in with it now.')
  await expect(page.getByRole('heading', { level: 2, name: 'Security key' })).toBeVisible()
  await look(page)

  await page.getByRole('link', { name: /^Change name of Security key/ }).click()
  await page.getByRole('textbox').fill('Blue security key')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(success(page)).toContainText('We now call it “Blue security key”.')
  const [passkey] = await key.passkeys()
  expect(passkey?.name).toBe(officer.name)
  const person = { rpId: 'localhost', userId: expect.any(String) }
  expect(heard).toEqual([
    ['signalCurrentUserDetails', { ...person, name: expect.stringContaining('@'), displayName: officer.name }],
    ['signalAllAcceptedCredentials', { ...person, allAcceptedCredentialIds: [expect.any(String), passkey?.id] }],
  ])

  await page.getByRole('link', { name: 'Remove Blue security key' }).click()
  await expect(heading(page)).toHaveText('Remove “Blue security key”?')
  await look(page)
  await page.getByRole('button', { name: 'Remove Blue security key' }).click()
  await expect(success(page)).toContainText('“Blue security key” is removed.')
  await expect.poll(key.passkeys).toEqual([])
  expect(heard.at(-1)).toEqual([
    'signalAllAcceptedCredentials',
    { ...person, allAcceptedCredentialIds: [expect.not.stringMatching(passkey?.id ?? '')] },
  ])

  const removals = page.getByRole('link', { name: /^Remove / })
  await expect(removals).toHaveCount(1)
  await removals.click()
  await expect(heading(page)).toHaveText('This is your last way to log in')
  await expect(page.getByText('you cannot log in any more')).toBeVisible()
  await look(page)
  await page.getByRole('button', { name: 'Remove it anyway' }).click()
  await expect(heading(page)).toHaveText(/is removed$/)
  await look(page)
})
