import { give } from './support/desk.ts'
import { addDevice, expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'desk' })

test('the first manager finds a person and gives them a link, which works', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere: phone,
}) => {
  const manager = player('registration authority manager')
  const device = await setUp(page, manager)
  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await page.waitForURL('**/desk')
  await expect(heading(page)).toHaveText(/not|may/i)
  await expect(page.getByText('Find a person')).toHaveCount(0)
  await look(page)

  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode)
  await page.goto(`${house.issuer}/desk`)
  await expect(heading(page)).toHaveText('Find a person')
  // What follows the skip link is the page's own, and not the desk's navigation.
  await page.getByRole('link', { name: 'Skip to main content' }).press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox')).toBeFocused()
  await page.getByRole('button', { name: 'Search' }).click()
  await look(page)
  // The search begins as they type.
  await page.getByRole('textbox').fill('hollow')
  await expect(page.getByRole('heading', { name: '1 person found' })).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Tomasz Hollowell' }).click()
  await expect(heading(page)).toHaveText('Tomasz Hollowell')
  await look(page)
  await give(
    page,
    { device: 'A computer', giving: 'Copy a link', how: 'Yes, in person', button: 'Make the link' },
    look,
  )
  const url = (await page.locator('code').textContent()) ?? ''

  const theirs = await addDevice(phone)
  await phone.goto(url)
  await expect(phone.getByText(/^Hello Tomasz Hollowell/)).toBeVisible()
  await theirs.answer(() => phone.getByRole('button', { name: /^Set up this/ }).click())
  await expect(heading(phone)).toHaveText(/is set up$/)

  await page.getByRole('link', { name: /^Go back to Tomasz/ }).click()
  await expect(page.getByText(/^Set-up link for a computer: used/)).toBeVisible()

  // They log in, and the desk sees where, and logs them out.
  await expect(page.getByText('Nowhere now.')).toBeVisible()
  await logIn(phone, theirs, 'Fobwatch')
  await expect(heading(phone)).toHaveText('Tomasz Hollowell')
  await page.reload()
  const place = page.locator('.nhsuk-card').filter({ hasText: 'Logged in with' })
  await expect(place).toContainText('Chrome on Linux')
  const happened = (what: RegExp) => page.getByRole('listitem').filter({ hasText: what })
  await expect(happened(/^Logged in/)).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Log them out everywhere' }).click()
  await expect(heading(page)).toHaveText('Log Tomasz Hollowell out everywhere?')
  await look(page)
  await page.getByRole('button', { name: 'Log them out everywhere' }).click()
  await expect(page.getByText('Nowhere now.')).toBeVisible()
  await expect(happened(/^Logged out everywhere by the desk/)).toBeVisible()
  await phone.goto(house.issuer)
  await expect(phone.getByText('The desk logged you out.')).toBeVisible()
  await page.getByRole('link', { name: 'See all that happened to Tomasz Hollowell' }).click()
  await expect(heading(page)).toHaveText('Log')
  await expect(happened(/^Logged out everywhere by the desk/)).toBeVisible()
})
