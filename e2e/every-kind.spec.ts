import type { DeviceOptions } from './support/device.ts'
import { expect, look, test } from './support/journey.ts'
import { heading } from './support/screen.ts'
import { giveTouchScreen, iPad } from './support/user-agents.ts'

test.use({ tale: 'every-kind' })

/** A device as somebody carries it, and what the screen must say of it. */
interface Kind extends DeviceOptions {
  called: string
  job: string
  userAgent?: string
  /** What the set-up page calls it, and what the person comes to call it. */
  what: RegExp
  name: string
  kind: string
  because: RegExp
}

const copies = (what: string) =>
  new RegExp(`^Standard check \\(AAL2\\), because ${what} (can copy|has copied) its passkey`)
const unknownMaker = /^Standard check \(AAL2\), because we could not confirm the maker\.$/

const kinds: Kind[] = [
  {
    ...{ called: 'an iPad with Touch ID, whose passkey is synced', job: 'nurse', userAgent: iPad },
    ...{ transport: 'internal', synced: true, what: /^This iPad/, name: 'iPad', kind: 'Tablet' },
    because: copies('this tablet'),
  },
  {
    ...{ called: 'a phone that scanned the square code', job: 'senior nurse' },
    ...{ transport: 'hybrid', synced: true, what: /^Your phone/, name: 'Phone', kind: 'Phone' },
    because: copies('this phone'),
  },
  {
    ...{ called: 'a USB security key', job: 'clinical practitioner' },
    ...{ transport: 'usb', what: /^Your security key/, name: 'Security key', kind: 'Security key' },
    because: unknownMaker,
  },
  {
    ...{ called: 'an NFC security key', job: 'general practitioner' },
    ...{ transport: 'nfc', what: /^Your security key/, name: 'Security key', kind: 'Security key' },
    because: unknownMaker,
  },
  {
    ...{ called: 'a FIDO2 smartcard', job: 'healthcare student' },
    ...{ transport: 'smart-card', what: /^Your smartcard/, name: 'Smartcard', kind: 'Smartcard' },
    because: unknownMaker,
  },
  {
    ...{ called: 'a synced passkey on a computer', job: 'medical secretary' },
    ...{ transport: 'internal', synced: true, what: /^This computer/, name: 'Linux computer', kind: 'Computer' },
    because: copies('this computer'),
  },
]

for (const { called, job, userAgent, what, name, kind, because, ...device } of kinds)
  test.describe(called, () => {
    test.use(userAgent ? { userAgent } : {})

    test('is set up from a link, and logs in to the ward list', async ({ page, house, player, setUp, logIn }) => {
      const person = player(job)
      if (userAgent === iPad) await giveTouchScreen(page)
      const theirs = await setUp(page, person, device)
      await expect(heading(page)).toHaveText(what)
      await expect(page.getByText(`“${name}”`)).toBeVisible()
      await look(page)

      await logIn(page, theirs, 'ward list')
      await expect(page).toHaveURL(`${house.ward}/`)
      await expect(page.getByText(person.name).first()).toBeVisible()
      await page.goto(`${house.ward}/about-you`)
      await expect(page.getByText(because)).toBeVisible()

      await page.goto(`${house.issuer}/ways`)
      await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
      const facts = page.locator('.nhsuk-summary-list__value')
      await expect(facts.first()).toHaveText(kind)
      await expect(facts.nth(1)).toHaveText(because)
    })
  })
