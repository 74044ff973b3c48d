import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { becomeOperator } from './support/operator.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'applications' })

/** Where an application of the test's own is sent its codes: a page that says nothing. */
const listening = async (): Promise<{ server: Server; callback: string }> => {
  const server = createServer((_request, response) => response.end('Thank you'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, callback: `http://localhost:${(server.address() as AddressInfo).port}/callback` }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Goes through the questions that a website with a secret is asked. */
const answerAll = async (
  page: Page,
  answers: { use: string; name: string; id: string; callback: string },
  lookAt: (page: Page) => Promise<void>,
) => {
  await page.getByLabel(answers.use).check()
  await lookAt(page)
  await press(page, 'Continue')
  await expect(heading(page)).toHaveText('What kind of application is it?')
  await press(page, 'Continue')
  await expect(page.getByRole('alert')).toContainText('Select what kind')
  await lookAt(page)
  await page.getByLabel('A website with a server that keeps a secret').check()
  await press(page, 'Continue')
  await expect(heading(page)).toHaveText('Name and id')
  await page.getByLabel('What is its id?').fill('Not An Id')
  await press(page, 'Continue')
  await expect(page.getByRole('alert')).toContainText('Enter a name')
  await expect(page.getByRole('alert')).toContainText('Id must be 2 to 63 small letters')
  await lookAt(page)
  await page.getByLabel('What is it called?').fill(answers.name)
  await page.getByLabel('What is its id?').fill(answers.id)
  await press(page, 'Continue')
  await expect(heading(page)).toHaveText('After log in')
  await page.getByRole('textbox').fill('http://ward.example/callback')
  await press(page, 'Continue')
  await expect(page.getByRole('alert')).toContainText('Addresses after log in, number 1, must begin with https://')
  await lookAt(page)
  await page.getByRole('textbox').fill(answers.callback)
  await press(page, 'Continue')
  for (const title of ['After log out', 'What it may ask', 'APIs that it may call', 'Which check it asks for']) {
    await expect(heading(page)).toHaveText(title)
    await lookAt(page)
    await press(page, 'Continue')
  }
  await expect(heading(page)).toHaveText('Check your answers')
  await lookAt(page)
}

const secretOn = async (page: Page): Promise<string> =>
  (await page.locator('.fobwatch-secret code').textContent()) ?? ''

/** What an application gets for a code. */
const redeem = async (issuer: string, code: string, { id, secret, callback }: Record<string, string>) => {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      ...{ code, redirect_uri: callback ?? '', code_verifier: verifier },
    }),
  })
  return { status: answer.status, body: (await answer.json()) as { id_token?: string } }
}

const verifier = randomBytes(32).toString('base64url')

const authorize = async (issuer: string, id: string, callback: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const challenge = Buffer.from(digest).toString('base64url')
  const query = { response_type: 'code', scope: 'openid profile', code_challenge_method: 'S256', state: 'here' }
  const whole = { ...query, client_id: id, redirect_uri: callback, code_challenge: challenge }
  return `${issuer}/authorize?${new URLSearchParams(whole)}`
}

/** The second operator agrees, at their own desk. */
const approve = async (page: Page, issuer: string): Promise<void> => {
  await page.goto(`${issuer}/desk/requests`)
  await page.getByRole('link', { name: /Add an application/ }).click()
  await page.getByLabel('Approve it').check()
  await look(page)
  await press(page, 'Save what you decided')
  await expect(success(page)).toContainText('You approved it')
}

test('an application for tests is added by one person, and found', async ({ page, house, player, setUp, logIn }) => {
  const operator = await setUp(page, player('systems support'))
  await becomeOperator(page, house, operator, logIn)
  await page.goto(`${house.issuer}/desk/applications`)
  await expect(page.getByRole('link', { name: 'Ward list' })).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Add an application' }).click()
  await expect(heading(page)).toHaveText('Add an application')
  await answerAll(
    page,
    {
      ...{
        use: 'Tests only',
        name: 'Theatre tries',
        id: 'theatre-tries',
        callback: 'https://theatre.example/callback',
      },
    },
    look,
  )
  await press(page, 'Add the application')
  await expect(heading(page)).toHaveText('Theatre tries is added')
  const secret = await secretOn(page)
  expect(secret).toMatch(/^[\w-]{43}$/)
  await look(page)

  await page.getByRole('link', { name: 'See the application' }).click()
  await expect(heading(page)).toHaveText('Theatre tries')
  await expect(page.getByText(secret)).toHaveCount(0)
  await look(page)
  await page.goto(`${house.issuer}/desk/applications`)
  await page.getByRole('textbox', { name: 'Find by name or id' }).fill('theatre')
  await press(page, 'Find')
  await expect(page.getByRole('heading', { name: '1 application', exact: true })).toBeVisible()
  await look(page)
})

test('an application is changed, given another secret, and stopped', async ({ page, house, player, setUp, logIn }) => {
  const operator = await setUp(page, player('ward clerk'))
  await becomeOperator(page, house, operator, logIn)
  const file = join(house.folder, 'theatre-lists.json')
  const metadata = { redirect_uris: ['https://theatre.example/callback'] }
  await writeFile(file, JSON.stringify({ id: 'theatre-lists', name: 'Theatre lists', metadata }))
  const secret = /^ {2}([\w-]{43})$/m.exec(await house.fobwatch('clients', 'add', file))?.[1]
  await page.goto(`${house.issuer}/desk/applications/of/theatre-lists`)
  await page.getByRole('link', { name: 'Change access tokens last' }).click()
  await page.getByRole('textbox').fill('5')
  await press(page, 'Save')
  await expect(page.getByRole('alert')).toContainText('Access tokens last must be at least 60')
  await look(page)
  // Somebody else is faster.
  await house.run(`update client set version = version + 1 where id = 'theatre-lists'`)
  await page.getByRole('textbox').fill('300')
  await press(page, 'Save')
  await expect(heading(page)).toHaveText('Somebody else changed this application')
  await look(page)
  await press(page, 'Look again')
  await page.getByRole('textbox').fill('300')
  await press(page, 'Save')
  await expect(success(page)).toContainText('“Access tokens last” is changed')
  await expect(page.getByText('5 minutes')).toBeVisible()

  await page.getByRole('link', { name: 'Make another secret' }).click()
  await look(page)
  await press(page, 'Make a secret')
  await expect(heading(page)).toHaveText('New secret for Theatre lists')
  expect(await secretOn(page)).not.toBe(secret)
  await page.getByRole('link', { name: 'See the application' }).click()
  await page.getByRole('link', { name: 'End it now (secret 1 of 2)', exact: true }).click()
  await look(page)
  await press(page, 'End the secret')
  await expect(success(page)).toContainText('The secret is ended')

  await page.getByRole('link', { name: 'Stop it' }).click()
  await look(page)
  await press(page, 'Stop Theatre lists')
  await expect(success(page)).toContainText('Theatre lists is stopped')
  await look(page)
  await page.getByRole('link', { name: 'Start it again' }).click()
  await press(page, 'Start Theatre lists')
  await expect(success(page)).toContainText('started again')
})

test('parts of an application have a page each to change them, and so has an API', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const operator = await setUp(page, player('privacy officer'))
  await becomeOperator(page, house, operator, logIn)
  await page.goto(`${house.issuer}/desk/applications/of/ward-list`)
  await expect(heading(page)).toHaveText('Ward list')
  await expect(page.getByRole('link', { name: /^Change / })).toHaveCount(34)
  const one = ['redirect_uris', 'backchannel_logout_uri', 'token_endpoint_auth_method', 'jwks', 'grant_types', 'scope']
  for (const field of [...one, 'apis', 'acr_required', 'session_idle_minutes']) {
    await page.goto(`${house.issuer}/desk/applications/of/ward-list/change/${field}`)
    await expect(page.getByRole('button', { name: 'Save' })).toBeVisible()
    await look(page)
  }
  await page.goto(`${house.issuer}/desk/applications/apis`)
  await look(page)
  await page.getByRole('link', { name: 'Add an API' }).click()
  await press(page, 'Save')
  await expect(page.getByRole('alert')).toContainText('Enter the address')
  await page.getByLabel('Name').fill('Laboratory')
  await page.getByLabel('Address').fill('http://lab.example.org/api')
  await page.getByLabel('Scopes').fill('results.read\nresults.write')
  await press(page, 'Save')
  await expect(page.getByRole('alert')).toContainText('Address must begin with https://')
  await look(page)
  await page.getByLabel('Address').fill('https://lab.example.org/api')
  await press(page, 'Save')
  await expect(success(page)).toContainText('Laboratory is added')
  await page.getByRole('link', { name: 'Laboratory' }).click()
  await expect(heading(page)).toHaveText('Change Laboratory')
  await look(page)
})

test('an application for real work is added by two operators, and somebody logs in to it', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  const { server, callback } = await listening()
  const first = await setUp(page, player('medical secretary'))
  await becomeOperator(page, house, first, logIn)
  const second = await addDevice(elsewhere)
  await setUpFrom(elsewhere, player('healthcare student').url, second)
  await becomeOperator(elsewhere, house, second, logIn)

  await page.goto(`${house.issuer}/desk/applications/new`)
  await answerAll(page, { use: 'Real work', name: 'Pharmacy', id: 'pharmacy', callback }, async () => {})
  await press(page, 'Continue')
  await expect(heading(page)).toHaveText('This takes 2 people')
  await look(page)
  await page.getByRole('textbox').fill('The pharmacists asked for it.')
  await press(page, 'Ask a second person')
  await expect(heading(page)).toHaveText('You have asked a second person')
  await page.goto(`${house.issuer}/desk/applications`)
  await expect(page.getByText('Waiting for second person')).toBeVisible()
  await look(page)

  await approve(elsewhere, house.issuer)

  await page.reload()
  await page.getByRole('link', { name: /^Finish it/ }).click()
  await expect(heading(page)).toHaveText('Add Pharmacy')
  await look(page)
  await press(page, 'Add it now')
  await expect(heading(page)).toHaveText('Pharmacy is added')
  const secret = await secretOn(page)

  await elsewhere.goto(await authorize(house.issuer, 'pharmacy', callback))
  await elsewhere.waitForURL(`${callback}?**`)
  const code = new URL(elsewhere.url()).searchParams.get('code') ?? ''
  const { status, body } = await redeem(house.issuer, code, { id: 'pharmacy', secret, callback })
  expect(status).toBe(200)
  expect(body.id_token).toBeTruthy()

  // One alone sends its codes nowhere else.
  await page.goto(`${house.issuer}/desk/applications/of/pharmacy/change/redirect_uris`)
  await page.getByRole('textbox').fill('https://elsewhere.example/callback')
  await press(page, 'Save')
  await expect(heading(page)).toHaveText('This takes 2 people')
  server.close()
})
