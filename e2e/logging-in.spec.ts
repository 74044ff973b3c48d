import { addDevice, boxIsOpen, expect, look, test } from './support/journey.ts'
import { heading, logOut } from './support/screen.ts'

test.use({ tale: 'logging-in' })

test.describe('in a browser with autofill', () => {
  test.use({ autofill: true })

  test('autofill logs in without the button', async ({ page, house, player, setUp }) => {
    const nurse = player('senior nurse')
    const device = await setUp(page, nurse)
    await device.answer(() => page.goto(`${house.ward}/sign-in`))
    await expect(page).toHaveURL(`${house.ward}/`)
    await expect(page.getByText(nurse.name).first()).toBeVisible()
  })

  test('the button opens its box over an autofill that waits', async ({ page, house }) => {
    await addDevice(page)
    await page.goto(`${house.issuer}/sign-in/fobwatch`)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await boxIsOpen(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(heading(page)).toHaveText('Log in')
  })

  test('what stands in the autofill field is never sent', async ({ page, house }) => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    await page.goto(`${house.issuer}/sign-in/fobwatch`)
    const field = page.getByLabel('Work email')
    await expect(field).toHaveAttribute('autocomplete', 'username webauthn')
    await field.fill('somebody@fernbrook.example')
    await page.getByRole('link', { name: 'I cannot log in' }).click()
    await look(page)
    await page.goBack()
    await page.getByRole('link', { name: 'Use a different device' }).click()
    await look(page)
    expect(sent.filter((each) => each.includes('somebody'))).toEqual([])
  })
})

test('a box that closes logs nobody in, and trying again is one press', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const secretary = player('medical secretary')
  const device = await setUp(page, secretary)
  await page.goto(`${house.issuer}/sign-in/fobwatch`)
  await device.failCheck(() => page.getByRole('button', { name: 'Log in', exact: true }).click())
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible()
  await look(page)
  await device.recognise()
  const again = page.getByRole('button', { name: /^(Log in|Try again)$/ })
  await device.answer(() => again.click())
  await expect(heading(page)).toHaveText(secretary.name)
  await look(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(heading(page)).toHaveText('You are logged out')
  await look(page)
  await page.getByRole('link', { name: 'Log in' }).click()
  await logIn(page, device)
  await expect(heading(page)).toHaveText(secretary.name)
})

test('somebody goes back to the application without logging in', async ({ page, house }) => {
  await page.goto(`${house.ward}/sign-in`)
  await expect(page.getByText('Log in to carry on to Ward list.')).toBeVisible()
  await look(page)
  await page.getByRole('button', { name: 'Go back to Ward list' }).click()
  await expect(heading(page)).toHaveText('You are not logged in')
  expect(page.url()).toContain(house.ward)
})

test('a second person logs in, in the same browser, and the first is gone', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const [first, second] = [player('clinical practitioner'), player('general practitioner')]
  const firstDevice = await setUp(page, first)
  await logIn(page, firstDevice, 'ward list')
  await expect(page.getByText(first.name).first()).toBeVisible()
  await logOut(page, house)
  await firstDevice.remove()

  const secondDevice = await setUp(page, second)
  await logIn(page, secondDevice, 'ward list')
  await expect(page.getByText(second.name).first()).toBeVisible()
  await expect(page.getByText(first.name)).toHaveCount(0)
  await page.goto(house.issuer)
  await expect(heading(page)).toHaveText(second.name)
})

test('someone with two roles chooses one', async ({ page, player, setUp, logIn }) => {
  const device = await setUp(page, player('nurse in two places'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Which role are you working in?')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await look(page)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Select the role you are working in').first()).toBeVisible()
  await look(page)
  await page.getByText('Nurse, residents').click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Larkhill Care Home (fictional)').first()).toBeVisible()
})

test('someone with no role is let through as such', async ({ page, player, setUp, logIn }) => {
  const device = await setUp(page, player('no role at first'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('You have no role yet')
  await look(page)
})

test('a link somebody else opens says whose browser it is', async ({ page, player, setUp, logIn }) => {
  const device = await setUp(page, player('ward clerk'))
  await logIn(page, device, 'ward list')
  await expect(heading(page)).toHaveText('Patients on Ward 7')
  await page.goto(player('physiotherapist at Larkhill').url)
  await expect(heading(page)).toHaveText('This link is for someone else')
  await look(page)
})

test('an address that nobody serves, and a link that is not ours, say what to do', async ({ page, house }) => {
  await addDevice(page)
  for (const path of ['/nowhere', '/enrol', '/enrol#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '/sign-in/made-up']) {
    await page.goto(`${house.issuer}${path}`)
    await expect(heading(page)).toBeVisible()
    await look(page)
  }
  await page.goto(`${house.issuer}/authorize?client_id=nobody`)
  await expect(heading(page)).toHaveText('We cannot log you in to this application')
  await look(page)
})
