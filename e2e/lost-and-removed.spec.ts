import type { Locator } from '@playwright/test'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'
import { hearSignals } from './support/signals.ts'

test.use({ tale: 'lost-and-removed' })

/** Runs in a page of the desk, which has no screen for this yet: lets the one device of a person run out. */
const letRunOut = async ({ staffId, expiresAt }: { staffId: string; expiresAt: string }): Promise<number> => {
  const person = `/api/desk/people/${staffId}`
  const { authenticators } = await (await fetch(person)).json()
  const { status } = await fetch(`${person}/authenticators/${authenticators[0].id}/expiry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ expiresAt }),
  })
  return status
}

test('a key that is reported lost is out at once in its own browser, can be used again, and is gone when removed', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  const nurse = player('nurse')
  const computer = await setUp(page, nurse)
  await logIn(page, computer, 'Fobwatch')
  await expect(heading(page)).toHaveText(nurse.name)
  const staffId = (await page.locator('.nhsuk-summary-list__value').first().textContent()) ?? ''
  const [link = ''] = (await house.fobwatch('invite', staffId)).split('\n')

  const key = await addDevice(elsewhere, { transport: 'usb' })
  const heard = await hearSignals(elsewhere)
  await setUpFrom(elsewhere, link, key)
  const logInElsewhere = () => logIn(elsewhere, key, 'Fobwatch')
  await logInElsewhere()
  await expect(heading(elsewhere)).toHaveText(nurse.name)

  await page.goto(`${house.issuer}/ways`)
  await page.getByRole('link', { name: 'Report lost (Security key)' }).click()
  await expect(heading(page)).toHaveText('Report “Security key” lost?')
  await expect(page.getByText('it is logged out of Fobwatch')).toBeVisible()
  await expect(page.getByText('Applications log it out when they next check with us.')).toBeVisible()
  await look(page)
  await page.getByRole('button', { name: 'Report Security key lost' }).click()
  await expect(success(page)).toContainText('“Security key” is paused. Nobody can log in with it.')
  await expect(page.getByText(/^Paused because you reported it lost at /)).toBeVisible()
  await expect(page.getByText('Only 1 of your ways to log in works now.')).toBeVisible()
  await look(page)

  await elsewhere.reload()
  await expect(heading(elsewhere)).toHaveText('You are logged out')
  await logInElsewhere()
  await expect(heading(elsewhere)).toHaveText('This device is paused')
  await expect(elsewhere.getByText('It is paused because it was reported lost.')).toBeVisible()
  await look(elsewhere)
  await elsewhere.getByRole('button', { name: 'Use another way' }).click()
  await expect(heading(elsewhere)).toHaveText('Log in')

  await page.getByRole('link', { name: 'Use it again (Security key)' }).click()
  await expect(heading(page)).toHaveText('Use “Security key” again?')
  await look(page)
  await page.getByRole('button', { name: 'Use it again' }).click()
  await expect(success(page)).toContainText('“Security key” is not paused any more.')
  await logInElsewhere()
  await expect(heading(elsewhere)).toHaveText(nurse.name)

  await page.getByRole('link', { name: 'Remove Security key' }).click()
  await page.getByRole('button', { name: 'Remove Security key' }).click()
  await expect(success(page)).toContainText('“Security key” is removed.')
  const [passkey] = await key.passkeys()
  await logInElsewhere()
  await expect(heading(elsewhere)).toHaveText('This device is no longer set up')
  await look(elsewhere)
  await expect.poll(key.passkeys).toEqual([])
  expect(heard).toEqual([['signalUnknownCredential', { rpId: 'localhost', credentialId: passkey?.id }]])
})

test('whoever reports the only key that they have, by keyboard alone, is told that the desk must help, and is logged out', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const clerk = await setUp(page, player('ward clerk'), { transport: 'usb' })
  await page.goto(`${house.issuer}/ways`)
  await logIn(page, clerk)
  const press = async (what: Locator) => {
    await what.focus()
    await page.keyboard.press('Enter')
  }
  await press(page.getByRole('link', { name: 'Report lost (Security key)' }))
  await expect(heading(page)).toBeFocused()
  await expect(page).toHaveTitle('Report “Security key” lost? – Fobwatch')
  await expect(page.getByText('You are logged in with it now, so you will be logged out.')).toBeVisible()
  await expect(page.getByText('You have no other way to log in.')).toBeVisible()
  await look(page)
  await press(page.getByRole('button', { name: 'Report Security key lost' }))
  await expect(heading(page)).toHaveText('“Security key” is paused')
  await expect(heading(page)).toBeFocused()
  await expect(page).toHaveTitle('“Security key” is paused – Fobwatch')
  await expect(page.getByText('To log in again, visit the desk.')).toBeVisible()
  await look(page)
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText('You are logged out')
})

test('a key that was given for a time says until when, and logs nobody in after that', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere: student,
}) => {
  const key = await addDevice(student, { transport: 'usb' })
  await setUpFrom(student, player('healthcare student').url, key)
  const logInTheirs = () => logIn(student, key, 'Fobwatch')
  await logInTheirs()
  await expect(heading(student)).toHaveText(player('healthcare student').name)
  const staffId = (await student.locator('.nhsuk-summary-list__value').first().textContent()) ?? ''

  const manager = await setUp(page, player('registration authority manager'))
  await house.fobwatch('become-first-manager', house.firstManager.staffId, house.firstManager.organisationCode)
  await page.goto(`${house.issuer}/desk`)
  await logIn(page, manager)
  await expect(heading(page)).toHaveText('Find a person')
  const inMilliseconds = (wait: number) => ({ staffId, expiresAt: new Date(Date.now() + wait).toISOString() })
  expect(await page.evaluate(letRunOut, inMilliseconds(3_600_000))).toBe(204)
  await student.goto(`${house.issuer}/ways`)
  await expect(student.getByText(/^Works until /)).toBeVisible()

  expect(await page.evaluate(letRunOut, inMilliseconds(1_000))).toBe(204)
  await expect(async () => {
    await student.goto(house.issuer)
    await expect(heading(student)).toHaveText('You are logged out', { timeout: 500 })
  }).toPass()
  await logInTheirs()
  await expect(heading(student)).toHaveText('This device has passed its end date')
  await look(student)
})
