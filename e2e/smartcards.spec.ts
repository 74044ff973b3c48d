import { findPerson } from './support/desk.ts'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'smartcards' })

// By the desk it takes two people.
const giveDuty = `
  with made as (
    insert into position (id, organisation_id, name, duty_code, created_at)
    select gen_random_uuid(), id, 'Local smartcard administrator', 'local-administrator', now() from organisation
    where code = 'ZZX01' returning id)
  insert into assignment (id, person_id, position_id, starts_at, created_at)
  select '999900001111', p.id, made.id, now(), now() from made, person p where p.family_name = 'Quillfeather'`

const pauseAs = (because: string) => `
  update authenticator set status = 'suspended', status_reason = '${because}', status_at = now()
  where person_id = (select id from person where family_name = 'Pennyroyal')`

const inAYear = () => `31/12/${new Date().getFullYear() + 1}`

test('a local smartcard administrator starts a card again that was found, renews it, and is offered nothing else', async ({
  page,
  house,
  player,
  setUp,
  logIn,
  elsewhere,
}) => {
  test.slow()
  const student = player('healthcare student')
  await setUp(elsewhere, student, { transport: 'smart-card' })
  const device = await setUp(page, player('systems support'))
  await house.run(giveDuty)
  await house.run(pauseAs('stolen'))
  await page.goto(`${house.issuer}/desk`)
  await logIn(page, device)
  await expect(heading(page)).toHaveText('Find a person')

  await findPerson(page, house, student.name)
  const card = page.locator('.nhsuk-card').filter({ hasText: 'Paused because' })
  await expect(card).toContainText('it was reported stolen')
  await expect(card.getByRole('link')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Send a set-up link' })).toHaveCount(0)
  await look(page)

  await house.run(pauseAs('lost'))
  await findPerson(page, house, student.name)
  await expect(card.getByRole('link')).toHaveCount(2)
  await page.getByRole('link', { name: /^Use it again/ }).click()
  await look(page)
  await page.getByRole('button', { name: 'Use it again' }).click()
  await expect(heading(page)).toHaveText(student.name)
  await expect(card).toHaveCount(0)

  await page.getByRole('link', { name: /^Set end date/ }).click()
  await expect(page.getByText('At least 30 days from now')).toBeVisible()
  await look(page)
  await page.getByLabel('Last day').fill(inAYear())
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page)).toHaveText(student.name)
  await expect(page.getByText(/^Works until/)).toBeVisible()
  await look(page)

  await page.getByRole('link', { name: /^Set end date/ }).click()
  await expect(page.getByText('Not sooner than it ends now')).toBeVisible()
  await expect(page.getByRole('button', { name: 'No end date' })).toHaveCount(0)
  await page.getByLabel('Last day').fill('1/1/2099')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('A smartcard is renewed for 2 years at most.')).toBeVisible()
  await look(page)
})
