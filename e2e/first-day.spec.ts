import type { Page } from '@playwright/test'
import { addDevice, boxIsOpen, expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'first-day' })

test('a nurse sets up her device, logs in by the button, and reads the ward list', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const nurse = player('nurse')
  await page.goto(nurse.url)
  await expect(page.getByText(`Hello ${nurse.name}, Fernbrook Hospital`)).toBeVisible()
  await look(page)

  const device = await setUp(page, nurse)
  await look(page)
  await page.getByRole('link', { name: 'Change name' }).click()
  await look(page)
  await page.getByRole('textbox').fill('Ward 7 computer')
  await page.getByRole('button', { name: /Save|Change name|Continue/ }).click()
  await expect(page.getByText('“Ward 7 computer”')).toBeVisible()

  await page.goto(house.ward)
  await look(page)
  await page
    .getByRole('link', { name: /log in/i })
    .or(page.getByRole('button', { name: /log in/i }))
    .first()
    .click()
  await expect(page.getByText('to carry on to Ward list')).toBeVisible()
  await look(page)
  await logIn(page, device)

  await expect(page).toHaveURL(new RegExp(`^${house.ward}`))
  await expect(page.getByText(nurse.name).first()).toBeVisible()
  await expect(page.getByText('Fernbrook Hospital (fictional)').first()).toBeVisible()
  await look(page)
})

test('a link that was cut off, pasted where another is open, says that it does not work', async ({ page, player }) => {
  const student = player('healthcare student')
  const hello = page.getByText(`Hello ${student.name}`)
  await page.goto(student.url)
  await expect(hello).toBeVisible()
  await page.reload()
  await expect(hello).toBeVisible()
  await page.goto(student.url.slice(0, -30))
  await expect(heading(page)).toHaveText('This link does not work')
  await expect(hello).toHaveCount(0)
  await page.reload()
  await expect(heading(page)).toHaveText('This link does not work')
  await page.goto(student.url)
  await expect(hello).toBeVisible()
})

test('opening a link changes nothing, and a link that was used sets up nothing more', async ({
  page,
  player,
  setUp,
}) => {
  const student = player('healthcare student')
  await page.goto(student.url)
  await page.reload()
  await expect(page.getByText(`Hello ${student.name}`)).toBeVisible()
  await setUp(page, student)

  await page.goto('about:blank')
  await page.goto(student.url)
  await expect(heading(page)).toHaveText('This link has been used')
  await expect(page.getByText(student.name)).toHaveCount(0)
  await look(page)
})

const countBoxes = `
  globalThis.boxes = 0
  const create = navigator.credentials.create.bind(navigator.credentials)
  navigator.credentials.create = (options) => {
    boxes += 1
    return create(options)
  }`

/** Holds back what a box is opened with. @returns what lets it go on */
const holdOptions = async (page: Page): Promise<() => void> => {
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
  await page.route('**/api/enrolment/options', async (route) => {
    await mayGoOn
    await route.continue()
  })
  return goOn
}

test('a box that is wanted no more before it is there never opens', async ({ page, player }) => {
  const device = await addDevice(page)
  await page.goto(player('ward clerk').url)
  const goOn = await holdOptions(page)
  await page.evaluate(countBoxes)
  const press = () => page.getByRole('button', { name: /^Set up this/ }).click()
  const cancel = page.getByRole('button', { name: 'Cancel' })

  await press()
  await cancel.click()
  await expect(cancel).toHaveCount(0)
  const answered = page.waitForResponse('**/api/enrolment/options')
  goOn()
  await answered
  expect(await page.evaluate('boxes')).toBe(0)

  await device.answer(press)
  expect(await page.evaluate('boxes')).toBe(1)
  await expect(heading(page)).toHaveText(/is set up$/)
})

test('a box that was wanted on one page opens on no other: not for a key instead, and not for somebody else', async ({
  page,
  player,
}) => {
  const device = await addDevice(page)
  await page.goto(player('medical secretary').url)
  const goOn = await holdOptions(page)
  await page.evaluate(countBoxes)
  const answered = Promise.all([1, 2].map(() => page.waitForResponse('**/api/enrolment/options')))
  await page.getByRole('button', { name: /^Set up this/ }).click()
  await page.getByRole('link', { name: 'Set up a security key instead' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(heading(page)).toBeFocused()
  await page.getByRole('button', { name: 'Set up a security key' }).click()
  await page.getByRole('link', { name: 'This is not me' }).click()
  await expect(heading(page)).toHaveText('This link is for someone else')
  await device.touch(async () => goOn())
  await answered
  await look(page)
  expect(await page.evaluate('boxes')).toBe(0)
  expect(await device.passkeys()).toEqual([])
})

test('a box that closes without an answer is no failure: the link still works', async ({ page, player }) => {
  const device = await addDevice(page)
  await page.goto(player('systems support').url)
  const press = () => page.getByRole('button', { name: /^Set up this/ }).click()

  await press()
  await boxIsOpen(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)

  await device.failCheck(press)
  await expect(page.getByRole('heading', { name: 'The box closed straight away' })).toBeVisible()
  await look(page)

  await device.recognise()
  await device.answer(() => page.getByRole('button', { name: 'Try again' }).click())
  await expect(heading(page)).toHaveText(/is set up$/)
})
