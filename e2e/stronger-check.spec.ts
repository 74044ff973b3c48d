import type { Page } from '@playwright/test'
import type { House } from './support/house.ts'
import { addDevice, boxIsOpen, expect, look, test } from './support/journey.ts'
import { heading, logOut, success } from './support/screen.ts'

test.use({ tale: 'stronger-check', knowsMakers: true })

const strongest = 'AAL3_ANY'
const demand = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: strongest } } }) }
const wish = { acr_values: strongest }

/** Goes where an application sends its people, with what it asks for. */
const askFor = (page: Page, { issuer, ward }: House, parameters: Record<string, string>) =>
  page.goto(
    `${issuer}/authorize?${new URLSearchParams({
      client_id: 'ward-list',
      response_type: 'code',
      redirect_uri: `${ward}/callback`,
      scope: 'openid',
      state: 'a-story',
      // What nobody will redeem.
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    })}`,
  )

/** What an application is told when the browser comes back to it. It is one that begins log ins and finishes none. */
const comingBack = async (page: Page, { ward }: House, act: () => Promise<unknown>): Promise<URLSearchParams> => {
  const callback = (url: URL) => url.href.startsWith(`${ward}/callback`)
  await page.route(callback, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Back</h1>' }))
  await act()
  await page.waitForURL(callback)
  return new URL(page.url()).searchParams
}

test('somebody with a weak log in is told which of their ways would do, and uses it', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const key = await setUp(page, player('nurse'), { transport: 'usb' })
  await page.goto(`${house.issuer}/ways/add`)
  await logIn(page, key)
  const computer = await addDevice(page, { transport: 'internal', synced: true })
  await computer.answer(() => page.getByRole('button', { name: 'Add this computer' }).click())
  await expect(success(page)).toContainText('is set up')
  await logOut(page, house)
  await logIn(page, computer, 'Fobwatch')
  await expect(page.getByText('Standard check (AAL2)')).toBeVisible()

  await askFor(page, house, demand)
  await expect(heading(page)).toHaveText('Ward list needs a strong check')
  await expect(page.getByText('You logged in with “Linux computer”. That is a standard check.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Bramble Key' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Linux computer' })).toHaveCount(0)
  await look(page)

  // A box that is closed is no failure: the page stays, and so does the log in.
  await page.getByRole('button', { name: 'Use your security key' }).click()
  await boxIsOpen(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Use your security key' })).toBeFocused()
  await look(page)

  const press = () => key.answer(() => page.getByRole('button', { name: 'Use your security key' }).click())
  expect((await comingBack(page, house, press)).get('code')).toBeTruthy()
  await page.goto(house.issuer)
  await expect(page.getByText('Strong check (AAL3)')).toBeVisible()

  await logOut(page, house)
  await askFor(page, house, wish)
  await logIn(page, computer)
  await expect(heading(page)).toHaveText('Ward list needs a strong check')
  await look(page)
  const carryOn = () => page.getByRole('button', { name: 'Carry on without it' }).click()
  expect((await comingBack(page, house, carryOn)).get('code')).toBeTruthy()
  await page.goto(house.issuer)
  await expect(page.getByText('Standard check (AAL2)')).toBeVisible()
})

test('somebody who has nothing stronger is told so, and goes back to the application', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const computer = await setUp(page, player('ward clerk'), { transport: 'internal', synced: true })
  await askFor(page, house, demand)
  await logIn(page, computer)
  await expect(heading(page)).toHaveText('Ward list needs a strong check')
  await expect(page.getByText('None of your ways to log in gives a strong check.')).toBeVisible()
  await look(page)
  const back = await comingBack(page, house, () => page.getByRole('button', { name: 'Go back to Ward list' }).click())
  expect([back.get('error'), back.get('state'), back.get('code')]).toEqual([
    'unmet_authentication_requirements',
    'a-story',
    null,
  ])
  // Where it was a wish, nobody is asked for what they do not have.
  expect((await comingBack(page, house, () => askFor(page, house, wish))).get('code')).toBeTruthy()
})

test('somebody who is asked again is told by whom, and as whom they are logged in', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const student = player('healthcare student')
  const device = await setUp(page, student)
  await logIn(page, device, 'Fobwatch')
  await expect(heading(page)).toHaveText(student.name)
  await askFor(page, house, { prompt: 'login' })
  await expect(
    page.getByText(`You are logged in as ${student.name}. Ward list asks to check again that it is you.`),
  ).toBeVisible()
  await look(page)
})

test('whom an application expects is said on the log-in page', async ({ page, house }) => {
  await askFor(page, house, { login_hint: 'ngozi.fairweather@fernbrook.example' })
  await expect(page.getByText('It expects you to be ngozi.fairweather@fernbrook.example.')).toBeVisible()
  await look(page)
})
