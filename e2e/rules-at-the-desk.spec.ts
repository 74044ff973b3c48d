import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { House } from './support/house.ts'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { becomeOperator } from './support/operator.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'rules-at-the-desk' })

/** Lays down a rule by the operator's command. */
const rule = async (house: House, policy: object, ...options: string[]): Promise<void> => {
  const file = join(house.folder, 'policy.json')
  await writeFile(file, JSON.stringify(policy))
  await house.fobwatch('policy', 'set', 'organisation:ZZX03', file, ...options)
}

const openRule = async (page: Page, what: RegExp): Promise<void> => {
  await page.getByRole('link', { name: what }).click()
}

test('an operator sees whom a rule would lock out, and sets it all the same', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  const nurse = player('nurse')
  const phone = await addDevice(elsewhere, { synced: true })
  await setUpFrom(elsewhere, nurse.url, phone)
  const operator = await setUp(page, player('systems support'))
  await becomeOperator(page, house, operator, logIn)

  await page.goto(`${house.issuer}/desk`)
  await look(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Rules for logging in' }).click()
  await expect(heading(page)).toHaveText('Rules for logging in')
  await look(page)
  await page.getByRole('link', { name: 'Set rules for one place' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('Select what the rules are for')
  await look(page)
  await page.getByLabel('An organisation').check()
  await page.getByLabel('Code of the organisation').fill('zzx77')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('We do not know this code')
  await page.getByLabel('Code of the organisation').fill('zzx01')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(page)).toHaveText(/^Rules for Fernbrook Hospital/)
  await look(page)

  await openRule(page, /^Change passkeys that are copied/)
  await page.getByLabel('No, it must stay on one device').check()
  await look(page)
  await page.getByRole('button', { name: 'Check who this locks out' }).click()
  await expect(heading(page)).toHaveText('This locks 1 person out')
  await expect(page.getByRole('main')).toContainText(nurse.name)
  await look(page)
  // Going back and forth keeps what was chosen.
  await page.goBack()
  await expect(page.getByLabel('No, it must stay on one device')).toBeChecked()
  await page.getByRole('button', { name: 'Check who this locks out' }).click()
  await page.getByRole('button', { name: 'Save it and lock 1 person out' }).click()
  await expect(success(page)).toContainText('It holds from the next log in')
  await expect(page.getByText('Not allowed. The passkey must stay on one device')).toBeVisible()
  await look(page)

  await logIn(elsewhere, phone, 'Fobwatch')
  await expect(heading(elsewhere)).toHaveText(/^You cannot log in here with this/)
})

test('an operator is told when others change a rule, or whom it locks out, meanwhile', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  await rule(house, {})
  const operator = await setUp(page, player('privacy officer'))
  await becomeOperator(page, house, operator, logIn)
  await page.goto(`${house.issuer}/desk/policies/organisation/ZZX03`)
  await openRule(page, /^Change kinds of device/)
  await page.getByLabel('Computers').check()
  await page.getByRole('button', { name: 'Check who this locks out' }).click()
  await expect(heading(page)).toHaveText('This locks nobody out')

  const device = await addDevice(elsewhere, { transport: 'usb' })
  await setUpFrom(elsewhere, player('physiotherapist at Larkhill').url, device)
  await page.getByRole('button', { name: 'Save this rule' }).click()
  await expect(heading(page)).toHaveText('This locks 1 person out')
  await expect(page.getByText('The number has changed since you looked')).toBeVisible()
  await look(page)

  await rule(house, { maximumUnusedDays: 90 })
  await page.getByRole('button', { name: 'Save it and lock 1 person out' }).click()
  await expect(heading(page)).toHaveText('Somebody else changed these rules')
  await look(page)
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(heading(page)).toHaveText('Kinds of device')
  await page.getByRole('link', { name: 'Go back without changing it' }).click()
  await expect(page.getByText('Stop working after 90 days without use')).toBeVisible()
})

test('each rule has a page to change it, and models are found by name', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const operator = await setUp(page, player('medical secretary'))
  await becomeOperator(page, house, operator, logIn)
  const place = `${house.issuer}/desk/policies/service/all`
  await page.goto(place)
  await expect(heading(page)).toHaveText('Rules for everybody')
  for (const link of await page.getByRole('link', { name: /^Change / }).all()) {
    const href = await link.getAttribute('href')
    expect(href).toContain('/desk/policies/service/all/')
  }
  const changes = await page
    .getByRole('link', { name: /^Change / })
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  expect(changes).toHaveLength(11)
  for (const href of changes) {
    await page.goto(href)
    await expect(page.getByRole('button', { name: 'Check who this locks out' })).toBeVisible()
    await look(page)
  }
  await page.goto(`${place}/maximumUnusedDays`)
  await page.getByRole('textbox').fill('soon')
  await page.getByRole('button', { name: 'Check who this locks out' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter a whole number of days')

  await page.goto(`${place}/denyAaguids`)
  await page.getByLabel('Find models by name').fill('yubikey bio')
  await page.getByLabel('Find models by name').press('Enter')
  await page.getByLabel('YubiKey Bio').first().check()
  await look(page)
  await page.getByRole('button', { name: 'Check who this locks out' }).click()
  await expect(heading(page)).toHaveText('This locks nobody out')
  await page.getByRole('button', { name: 'Save this rule' }).click()
  await expect(success(page)).toContainText('“Models not allowed” is changed')
  await expect(page.getByText('YubiKey Bio')).toBeVisible()
})
