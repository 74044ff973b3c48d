import type { Page } from '@playwright/test'
import { findPerson, give, openDesk } from './support/desk.ts'
import { addDevice, expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'

test.use({ tale: 'issuing' })

/** What the desk reads aloud: the user number and the code. */
const readAloud = async (page: Page) => ({
  staffId: /\d{12}/.exec((await page.getByText('user number').textContent()) ?? '')?.[0] ?? '',
  code: (await page.locator('code').textContent()) ?? '',
})

/** A line of what has become of it. */
const line = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text })

const typeIn = async (page: Page, { staffId, code }: { staffId: string; code: string }) => {
  await page.getByLabel('Your user number').fill(staffId)
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('a code read aloud sets up a security key, and the desk sees it happen', async ({
  page,
  house,
  player,
  elsewhere: theirs,
}) => {
  await openDesk(page, house, player('registration authority manager'))
  await findPerson(page, house, 'Tomasz Hollowell')
  await give(
    page,
    {
      device: 'A security key',
      giving: 'Read a code aloud',
      how: 'No, they do it on their own',
      button: 'Make the code',
    },
    look,
  )
  await expect(line(page, 'Not opened yet')).toBeVisible()
  const read = await readAloud(page)

  await theirs.goto(`${house.issuer}/sign-in/fobwatch`)
  await theirs.getByRole('link', { name: 'I cannot log in' }).click()
  await theirs.getByRole('link', { name: 'I have a code from the desk' }).click()
  await look(theirs)
  // A letter that no code has is told at once, and costs no try.
  await typeIn(theirs, { ...read, code: 'O000 0000' })
  await expect(theirs.getByRole('link', { name: /No code has O in it/ })).toBeVisible()
  await look(theirs)
  await typeIn(theirs, { ...read, code: 'CCCC CCCC' })
  await expect(theirs.getByRole('link', { name: /do not go together/ })).toBeVisible()
  await expect(line(page, '1 wrong try')).toBeVisible()
  await typeIn(theirs, { ...read, code: read.code.toLowerCase() })
  await expect(heading(theirs)).toHaveText('Set up a security key to log in')
  await expect(theirs.getByText(/^Hello Tomasz Hollowell/)).toBeVisible()
  await look(theirs)
  await expect(line(page, 'Code typed in')).toBeVisible()
  await expect(line(page, 'Opened')).toBeVisible()

  const key = await addDevice(theirs, { transport: 'usb' })
  await key.answer(() => theirs.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(heading(theirs)).toHaveText(/is set up$/)
  await expect(line(page, 'Done')).toBeVisible()
  await expect(line(page, 'They set up “Security key”, a standard check')).toBeVisible()
  await look(page)
  await page.getByRole('link', { name: /^Go back to Tomasz/ }).click()
  await expect(line(page, 'Code read aloud for a security key: used')).toBeVisible()
})

test('another kind of device than the desk planned is told, undone, and the planned one set up', async ({
  page,
  house,
  player,
  elsewhere: theirs,
}) => {
  const link = (await house.fobwatch('invite', house.firstManager.staffId)).split('\n')[0] ?? ''
  await openDesk(page, house, { ...player('registration authority manager'), url: link })
  await findPerson(page, house, 'Callum Thistlewood')
  await give(
    page,
    {
      device: 'A security key',
      giving: 'Email them a link',
      how: 'No, they do it on their own',
      button: 'Email the link',
    },
    look,
  )
  await theirs.goto(`${house.issuer}/mailbox`)
  const letter = theirs.getByText(/http\S+\/enrol#\S+/).first()
  await expect(async () => {
    await theirs.reload()
    await expect(letter).toBeVisible({ timeout: 1_000 })
  }).toPass()
  const url = (await letter.textContent()) ?? ''

  const computer = await addDevice(theirs)
  await theirs.goto(url)
  await computer.answer(() => theirs.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(heading(theirs)).toHaveText('You set up your computer')
  await look(theirs)
  await computer.remove()
  await theirs.getByRole('button', { name: 'Undo and use a security key' }).click()
  await expect(heading(theirs)).toHaveText('Set up a security key to log in')
  await expect(line(page, 'Set up another kind of device, and undid it')).toBeVisible()
  const key = await addDevice(theirs, { transport: 'usb' })
  await key.answer(() => theirs.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(heading(theirs)).toHaveText(/is set up$/)
})
