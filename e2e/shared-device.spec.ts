import type { Page } from '@playwright/test'
import { boxIsOpen, expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'shared-device' })

test('a computer on a ward is marked by its operator, offers no names, and changes person by one press', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const [nurse, doctor] = [player('nurse'), player('general practitioner')]
  const doctorsKey = await setUp(page, doctor, { transport: 'usb' })
  const nursesKey = await setUp(page, nurse, { transport: 'usb' })
  await page.goto(`${house.issuer}/shared-device#on`)
  await expect(heading(page)).toHaveText('This is a shared computer')
  await look(page)

  // A set-up link offers a key that its person takes along, and nothing that would stay here.
  await page.goto(player('privacy officer').url)
  await expect(heading(page)).toHaveText('Set up a security key to log in')
  await expect(page.getByRole('link', { name: /Set up this/ })).toHaveCount(0)
  await look(page)

  await page.goto(`${house.issuer}/sign-in/fobwatch`)
  await expect(page.getByText('Shared computer')).toBeVisible()
  await expect(page.getByLabel('Work email')).toHaveCount(0)
  await expect(page.getByLabel('Other people use this computer')).toHaveCount(0)
  await look(page)
  await logIn(page, nursesKey)
  await expect(heading(page)).toHaveText(`${nurse.name} is logged in`)
  await look(page)

  // The second application asks who is there, although its person has just logged in.
  await page.goto(`${house.ward}/sign-in`)
  await expect(heading(page)).toHaveText('Log in')
  await logIn(page, nursesKey)
  await expect(page.getByText(nurse.name).first()).toBeVisible()

  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText(`${nurse.name} is logged in`)
  await doctorsKey.answer(() => page.getByRole('button', { name: 'Switch person' }).click())
  await expect(heading(page)).toHaveText(`${doctor.name} is logged in`)
  await look(page)

  await page.getByRole('button', { name: 'Switch person' }).click()
  await boxIsOpen(page)
  await expect(heading(page)).toHaveText('Log in')
  await look(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText('Log in with your own device')
})

test('somebody says at log in that other people use the computer, and it forgets them', async ({
  page,
  house,
  player,
  setUp,
}) => {
  const clerk = player('ward clerk')
  const device = await setUp(page, clerk)
  await page.goto(`${house.issuer}/sign-in/fobwatch`)
  await page.getByLabel('Other people use this computer').check()
  await look(page)
  await device.answer(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
  await expect(heading(page)).toHaveText(`${clerk.name} is logged in`)
  await page.goto(`${house.issuer}/shared-device`)
  await expect(heading(page)).toHaveText('Do other people use this computer?')
  await look(page)
  await page.getByRole('button', { name: 'Other people use this computer' }).click()
  await expect(heading(page)).toHaveText('This is a shared computer')
  await page.getByRole('button', { name: 'Nobody else uses this computer' }).click()
  await expect(heading(page)).toHaveText('Do other people use this computer?')
})

/** Nobody touches the page for five minutes. It counts from when it knows who is logged in, which may take it a moment. */
const leaveAlone = (page: Page, covered: string) =>
  expect(async () => {
    await page.clock.fastForward('05:01')
    await expect(heading(page)).toHaveText(covered, { timeout: 1_000 })
  }).toPass()

test('a page that is left open on a shared computer is covered, and its person carries on where they were', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const secretary = player('medical secretary')
  const key = await setUp(page, secretary, { transport: 'usb' })
  await page.goto(`${house.issuer}/shared-device#on`)
  // Leaving before it says so would take the mark back with the request that sets it.
  await expect(heading(page)).toHaveText('This is a shared computer')
  await page.clock.install()
  await page.goto(`${house.issuer}/ways`)
  await logIn(page, key)
  await expect(heading(page)).toHaveText('Your ways to log in')
  // The clock of the page goes on by itself meanwhile, by as much as a slow machine needs.
  await page.clock.fastForward('04:00')
  await expect(heading(page)).toHaveText('Your ways to log in')
  await leaveAlone(page, `${secretary.name} is logged in`)
  await expect(page.getByText('Change name')).toBeHidden()
  await look(page)
  await key.answer(() => page.getByRole('button', { name: 'Carry on' }).click())
  await expect(heading(page)).toHaveText('Your ways to log in')
  await expect(page).toHaveTitle('Your ways to log in – Fobwatch')

  await leaveAlone(page, `${secretary.name} is logged in`)
  await page.getByRole('button', { name: 'Switch person' }).click()
  await boxIsOpen(page)
  await expect(heading(page)).toHaveText('Log in')
  await expect(page.getByRole('button', { name: 'Log out' })).toHaveCount(0)
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText('Log in with your own device')
})
