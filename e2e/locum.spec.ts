import type { Page } from '@playwright/test'
import { expect, look, test } from './support/journey.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'locum' })

const position = 'Nurse, outpatients'

/** A day from today, as it is typed. */
const dayFrom = (days: number): [string, string, string] => {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return [String(day.getDate()), String(day.getMonth() + 1), String(day.getFullYear())]
}

const typeDay = async (page: Page, legend: string, [day, month, year]: [string, string, string]) => {
  const group = page.getByRole('group', { name: legend })
  await group.getByLabel('Day').fill(day)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
}

test('a locum is given a role at a second site for a week', async ({
  page,
  elsewhere,
  house,
  player,
  setUp,
  logIn,
}) => {
  test.setTimeout(120_000)
  const manager = await setUp(page, player('registration authority manager'))
  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode)
  const locum = await setUp(elsewhere, player('nurse'))

  await page.goto(`${house.issuer}/desk?search=ngozi`)
  await logIn(page, manager)
  await page.getByRole('link', { name: 'Ngozi Fairweather' }).first().click()
  await expect(heading(page)).toHaveText('Ngozi Fairweather')
  await page.getByRole('link', { name: 'Give a role' }).click()
  await expect(heading(page)).toHaveText('Give Ngozi Fairweather a role')
  await page.getByLabel('Find a position').fill('outpatients')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('radio')).toHaveCount(1)
  await expect(page.getByRole('status')).toHaveText('1 position found')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('Select a position')
  await page.getByText(position).click()
  await look(page)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(page)).toHaveText(`When does Ngozi Fairweather work as ${position}?`)

  await typeDay(page, 'First day', ['31', '2', '2027'])
  await page.getByRole('button', { name: 'Give the role' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter a real first day')
  await look(page)
  await typeDay(page, 'First day', dayFrom(1))
  await typeDay(page, 'Last day (optional)', dayFrom(8))
  await page.getByRole('button', { name: 'Give the role' }).click()
  await expect(success(page)).toContainText(`Ngozi Fairweather has been given ${position}`)
  const given = page.getByRole('listitem').filter({ hasText: position })
  await expect(given).toContainText('Planned')
  await expect(given.getByRole('link', { name: `End it (${position})`, exact: true })).toBeVisible()
  await look(page)

  // It has not begun: whoever has one role is not asked for it.
  await logIn(elsewhere, locum, 'ward list')
  await expect(heading(elsewhere)).toHaveText('Patients on Ward 7')

  await given.getByRole('link', { name: 'Change dates' }).click()
  await typeDay(page, 'First day', dayFrom(0))
  await look(page)
  await page.getByRole('button', { name: 'Change the dates' }).click()
  await expect(success(page)).toContainText('are changed')
  await expect(given).not.toContainText('Planned')

  await elsewhere.goto(`${house.issuer}/role`)
  await elsewhere.getByRole('radio', { name: new RegExp(position) }).check()
  await elsewhere.getByRole('button', { name: 'Continue' }).click()
  const account = elsewhere.getByRole('navigation', { name: 'Account' })
  await expect(account).toContainText(`${position}, Fernbrook Riverside Clinic`)
  await elsewhere.goto(`${house.ward}/sign-in`)
  await expect(elsewhere.getByText(position).first()).toBeVisible()

  // The week passes: its end is brought to the next moment, since no clock here can be turned.
  const href = (await given.getByRole('link', { name: 'Change dates' }).getAttribute('href')) ?? ''
  const [, person, assignment] = /of\/(\d{12})\/(\d{12})/.exec(href) ?? []
  const changed = await page.evaluate(
    async ({ address, expiresAt }) =>
      (
        await fetch(address, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ expiresAt }),
        })
      ).status,
    {
      address: `/api/desk/people/${person}/assignments/${assignment}`,
      expiresAt: new Date(Date.now() + 2_000).toISOString(),
    },
  )
  expect(changed).toBe(204)
  await expect(async () => {
    await elsewhere.goto(house.issuer)
    await expect(account).not.toContainText(position, { timeout: 500 })
  }).toPass()
  await elsewhere.goto(`${house.ward}/sign-in`)
  await expect(heading(elsewhere)).toHaveText('Patients on Ward 7')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Roles that are over' })).toBeVisible()
  await look(page)
})

test('a manager makes a place, a position there, and changes both', async ({ page, house, player, logIn, setUp }) => {
  test.setTimeout(120_000)
  // The first story made the first manager; without it this one does.
  const { staffId, organisationCode } = house.firstManager
  const made = await house.fobwatch('become-first-manager', staffId, organisationCode).catch(() => '')
  const link = /https?:\S+/.exec(made || (await house.fobwatch('invite', staffId)))?.[0]
  const device = await setUp(page, link ? { url: link } : player('registration authority manager'))
  await page.goto(`${house.issuer}/desk/organisations`)
  await logIn(page, device)
  await expect(heading(page)).toHaveText('Organisations')
  await page
    .getByText(/Show what is below/)
    .first()
    .click()
  await expect(page.getByRole('link', { name: /Riverside Clinic/ })).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: /^Fernbrook Hospital/ }).click()
  await look(page)
  await page.getByRole('link', { name: 'Add an organisation below it' }).click()
  await page.getByLabel('Code').fill('zz')
  await page.getByRole('button', { name: 'Add the organisation' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter a code of 3 to 12')
  await look(page)
  await page.getByLabel('Code').fill('ZZX05')
  await page.getByLabel('Name').fill('Fernbrook Day Unit (fictional)')
  await page.getByRole('button', { name: 'Add the organisation' }).click()
  await expect(success(page)).toContainText('is added')
  await expect(heading(page)).toHaveText('Fernbrook Day Unit (fictional)')

  await page.getByRole('link', { name: 'Add a workgroup' }).click()
  await page.getByLabel('Name').fill('Day team')
  await page.getByRole('button', { name: 'Add the workgroup' }).click()
  await expect(success(page)).toContainText('Day team is added, with the number')

  await page.getByRole('link', { name: 'Add a position here' }).click()
  await expect(heading(page)).toHaveText('Add a position at ZZX05')
  await page.getByLabel('Name', { exact: true }).fill('Nurse, day unit')
  await page.getByLabel('Role or duty').selectOption({ label: 'Nurse Access Role (S8000:G8000:R8001)' })
  await page.getByLabel('Find an activity to add').fill('verify')
  await page.getByText('Verify Prescription (B0068)').click()
  await page.getByText('Day team').click()
  await look(page)
  // The last check is too old by now: after a new one, what was typed and where it is for are still there.
  let old = true
  await page.route('**/api/desk/positions', async (route) => {
    if (!old || route.request().method() !== 'POST') return route.fallback()
    old = false
    await route.fulfill({ status: 403, json: { error: 'fresh_assertion_needed', reference: 'test' } })
  })
  await page.getByRole('button', { name: 'Save the position' }).click()
  await expect(heading(page)).toHaveText('Check it is you')
  await device.answer(() => page.getByRole('button', { name: 'Check it is you' }).click())
  await expect(success(page)).toContainText('Nurse, day unit is added')
  await expect(page.getByText('Verify Prescription (B0068)').first()).toBeVisible()
  await look(page)

  await page.getByRole('link', { name: 'Change this position' }).click()
  await page.getByText('Sponsors may give it by themselves').click()
  await page.getByRole('button', { name: 'Save the position' }).click()
  await expect(success(page)).toContainText('is changed, for everybody')
  await expect(page.getByText('Open to sponsors')).toBeVisible()

  await page.getByRole('link', { name: /^Positions at/ }).click()
  await expect(page.getByRole('link', { name: 'Nurse, day unit' })).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: 'Nurse, day unit' }).click()
  await page.getByRole('link', { name: 'Retire this position' }).click()
  await look(page)
  await page.getByRole('button', { name: 'Retire it' }).click()
  await expect(page.getByText('Retired', { exact: true })).toBeVisible()
})

test('a duty is asked for, and a list of roles is looked at before it is loaded', async ({
  page,
  elsewhere,
  house,
  logIn,
  setUp,
}) => {
  test.setTimeout(120_000)
  const { staffId, organisationCode } = house.firstManager
  await house.fobwatch('become-first-manager', staffId, organisationCode).catch(() => '')
  const linkFor = async (id: string) => /https?:\S+/.exec(await house.fobwatch('invite', id))?.[0] ?? ''
  const device = await setUp(page, { url: await linkFor(staffId) })
  await page.goto(`${house.issuer}/desk?search=desmond`)
  await logIn(page, device)
  await page.getByRole('link', { name: 'Desmond Quillfeather' }).first().click()
  const other = /people\/(\d{12})/.exec(page.url())?.[1] ?? ''
  await page.getByRole('link', { name: 'Give a role' }).click()
  await page.getByLabel('Find a position').fill('duty')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByText('Registration authority manager (duty)').click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(heading(page)).toHaveText('This takes 2 people')
  await look(page)
  await page.getByRole('button', { name: /^(Ask|Send)/ }).click()
  await expect(heading(page)).not.toHaveText('This takes 2 people')
  await look(page)

  await house.fobwatch('become-first-service-operator', other)
  const theirs = await setUp(elsewhere, { url: await linkFor(other) })
  await elsewhere.goto(`${house.issuer}/desk/positions`)
  await logIn(elsewhere, theirs)
  await elsewhere.getByRole('link', { name: 'Load the list of roles' }).click()
  await elsewhere.getByRole('button', { name: 'See what it changes' }).click()
  await expect(elsewhere.getByRole('alert')).toContainText('Select a file')
  await look(elsewhere)
  const rows = [
    'kind,code,name,staff_group,sub_group,activities',
    'role,S8000:G8000:R8001,Nurse,Clinical,Provision,B0820',
    'activity,B0820,View,,,',
  ]
  await elsewhere
    .getByLabel('File, CSV or JSON')
    .setInputFiles({ name: 'roles.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await elsewhere.getByRole('button', { name: 'See what it changes' }).click()
  await expect(heading(elsewhere)).toHaveText('This file cannot be loaded')
  await expect(elsewhere.getByText(/It cannot go before that position lets it go/).first()).toBeVisible()
  await look(elsewhere)
})
