import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'sandbox' })

const callback = 'http://127.0.0.1:4711/callback'

/** The function of the guide, as it stands there. */
const [, whole = ''] =
  /```js\n([\s\S]+?)```/.exec(readFileSync(new URL('../docs/sandbox.md', import.meta.url), 'utf8')) ?? []

/** Sends the browser to log in for the sandbox application. */
const goTo = (page: Page, issuer: string, scope: string, prompt?: string) =>
  page.goto(
    `${issuer}/authorize?${new URLSearchParams({
      ...{ client_id: 'sandbox', response_type: 'code', redirect_uri: callback, scope },
      ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', state: 'mine', ...(prompt && { prompt }) },
    })}`,
  )

const be = async (page: Page, persona: string, device?: string) => {
  await expect(heading(page)).toHaveText('Log in')
  await page.evaluate(`(${whole})(${JSON.stringify(persona)}, ${JSON.stringify(device)})`)
}

test.beforeEach(async ({ page }) => {
  await page.route(`${callback}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Back</h1>' }))
})

test('a tester is a persona by what the guide says, and comes back with a code', async ({ page, house }) => {
  await goTo(page, house.issuer, 'openid profile')
  await expect(page.getByText('Log in to carry on to Sandbox.')).toBeVisible()
  await be(page, 'hazel', 'strong')
  await expect(heading(page)).toHaveText('Back')
  const came = new URL(page.url()).searchParams
  expect([came.get('state'), came.get('error'), came.get('code')?.length]).toEqual(['mine', null, 43])
})

test('a persona with many roles chooses one on the page that everybody has', async ({ page, house }) => {
  await goTo(page, house.issuer, 'openid selectedrole')
  await be(page, 'fennel')
  await expect(heading(page)).toHaveText(/role/i)
  await look(page)
})

test('a tester picks a persona on the page, with the device that is asked for', async ({ page, house }) => {
  await goTo(page, house.issuer, 'openid')
  await page.getByRole('link', { name: 'Be a persona' }).click()
  await expect(heading(page)).toHaveText('Be a persona')
  await look(page)
  await page.getByRole('button', { name: 'Be Hazel Sandbox, strong check' }).click()
  await expect(heading(page)).toHaveText('Back')
})

test('a tester is two people in one browser, and says which of them the application meets', async ({ page, house }) => {
  const choose = () => goTo(page, house.issuer, 'openid', 'select_account')
  await choose()
  await be(page, 'aster')
  await expect(heading(page)).toHaveText('Back')
  await choose()
  await expect(heading(page)).toHaveText('Who do you want to be?')
  await page.getByRole('link', { name: 'Be somebody else' }).click()
  await expect(heading(page)).toHaveText('Log in')
  await page.getByRole('link', { name: 'Be a persona' }).click()
  await page.getByRole('button', { name: 'Be Hazel Sandbox, strong check' }).click()
  await expect(heading(page)).toHaveText('Back')

  await choose()
  await expect(page.getByText(/^You are this person now. Logged in by a strong check at /)).toBeVisible()
  await expect(page.getByText(/^Logged in by a standard check at /)).toBeVisible()
  await look(page)
  await page.getByRole('button', { name: 'Be Aster Sandbox' }).click()
  await expect(heading(page)).toHaveText('Back')
  expect(new URL(page.url()).searchParams.get('code')).toHaveLength(43)
  await choose()
  await expect(page.getByText(/^You are this person now. Logged in by a standard check at /)).toBeVisible()
})

test('nobody is offered a persona at an application that is no sandbox', async ({ page, house }) => {
  await page.goto(`${house.ward}/sign-in?page=personas`)
  await expect(heading(page)).toHaveText('Log in')
  await expect(page.getByText('Be a persona')).toHaveCount(0)
})
