import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  coseAlgorithm,
  createAttestationAuthority,
  createSoftwareAuthenticator,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import { constructDevice } from './support/constructed-device.ts'
import { addDevice, expect, look, setUpFrom, test } from './support/journey.ts'
import { androidPhone, giveTouchScreen, iPad, windows } from './support/user-agents.ts'

test.use({ tale: 'constructed-kinds' })

const managedIPads = createAttestationAuthority({ organisation: 'Fernbrook Hospital Devices' })
const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const unknownMaker = 'Standard check (AAL2), because we could not confirm the maker.'

/** A device that Chromium has none of, and what the screen must say of it. */
interface Kind extends SoftwareAuthenticatorOptions {
  called: string
  job: string
  userAgent: string | undefined
  name: string
  kind: string
  check: string
  acr: string
}

const kinds: Kind[] = [
  {
    ...{ called: 'a managed iPad, attested by its organisation', job: 'nurse', userAgent: iPad },
    ...{ aaguid: 'dd4ec289-e01d-41c9-bb89-70fa845d4bf2', attestation: 'packed', authority: managedIPads },
    ...{ name: 'iPad', kind: 'Tablet', acr: 'AAL3_IOS' },
    check:
      'Strong check (AAL3), because the passkey cannot leave this tablet, we confirmed the maker and you used your fingerprint, face or PIN.',
  },
  {
    ...{ called: 'Windows Hello with a TPM that signs with RSA', job: 'senior nurse', userAgent: windows },
    ...{ aaguid: windowsHello, attestation: 'tpm', algorithms: [coseAlgorithm.RS256] },
    ...{ name: 'Windows computer', kind: 'Computer', check: unknownMaker, acr: 'AAL2_ANY' },
  },
  {
    ...{ called: 'Windows Hello with a TPM that signs on a curve', job: 'ward clerk', userAgent: windows },
    ...{ aaguid: windowsHello, attestation: 'tpm', algorithms: [coseAlgorithm.ES256] },
    ...{ name: 'Windows computer', kind: 'Computer', check: unknownMaker, acr: 'AAL2_ANY' },
  },
  {
    ...{ called: 'an Android phone whose keystore attests', job: 'healthcare student', userAgent: androidPhone },
    ...{ attestation: 'android-key', algorithms: [coseAlgorithm.ES256] },
    ...{ name: 'Android phone', kind: 'Phone', check: unknownMaker, acr: 'AAL2_ANY' },
  },
  {
    ...{ called: 'a security key that signs with ES384', job: 'medical secretary', userAgent: undefined },
    ...{ transports: ['usb'], attestation: 'packed', algorithms: [coseAlgorithm.ES384] },
    ...{ name: 'Security key', kind: 'Security key', check: unknownMaker, acr: 'AAL2_ANY' },
  },
  {
    ...{ called: 'a security key that signs with EdDSA and vouches for itself', job: 'general practitioner' },
    ...{ transports: ['nfc'], attestation: 'packed-self', algorithms: [coseAlgorithm.EdDSA], userAgent: undefined },
    ...{ name: 'Security key', kind: 'Security key', check: unknownMaker, acr: 'AAL2_ANY' },
  },
  {
    ...{ called: 'an iPad that attests as Apple does', job: 'privacy officer', userAgent: iPad },
    ...{ attestation: 'apple', algorithms: [coseAlgorithm.ES256] },
    ...{ name: 'iPad', kind: 'Tablet', check: unknownMaker, acr: 'AAL2_ANY' },
  },
]

for (const { called, job, userAgent, name, kind, check, acr, ...made } of kinds)
  test.describe(called, () => {
    test.use(userAgent ? { userAgent } : {})

    test('is set up from a link, and logs in to the ward list', async ({ page, house, player, logIn }) => {
      const anchor = join(house.folder, 'ipads.pem')
      await writeFile(anchor, managedIPads.rootPem)
      if (made.authority === managedIPads)
        await house.fobwatch(
          ...['anchors', 'add', anchor, '--name', 'iPads of Fernbrook', '--organisation', 'ZZX01'],
          ...['--platform', 'ios', '--hardware'],
        )
      const person = player(job)
      if (userAgent === iPad) await giveTouchScreen(page)
      const builtIn = made.transports === undefined
      const device = await constructDevice(page, createSoftwareAuthenticator(made), { builtIn })
      await setUpFrom(page, person.url, device)
      await expect(page.getByText(`“${name}”`)).toBeVisible()
      await expect(page.getByText(check)).toBeVisible()

      await logIn(page, device, 'ward list')
      await expect(page).toHaveURL(`${house.ward}/`)
      await page.goto(`${house.ward}/about-you`)
      await expect(page.getByText(check)).toBeVisible()
      await page.getByText('What the token calls this check').click()
      await expect(page.getByText(acr, { exact: true })).toBeVisible()

      await page.goto(`${house.issuer}/ways`)
      await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
      const facts = page.locator('.nhsuk-summary-list__value')
      await expect(facts.first()).toContainText(kind)
      await expect(facts.nth(1)).toHaveText(check)
    })
  })

test('an old security key is refused, and the page names it as a possible cause', async ({ page, player }) => {
  const old = createSoftwareAuthenticator({ transports: ['usb'], attestation: 'fido-u2f' })
  const device = await constructDevice(page, old, { registering: { userVerified: false } })
  await page.goto(player('clinical practitioner').url)
  await page.getByRole('link', { name: /security key/ }).click()
  await device.answer(() => page.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(/We need your fingerprint, face or PIN$/)
  await expect(page.getByText('An old security key without a PIN or fingerprint cannot be used.')).toBeVisible()
  await look(page)
})

test('a browser that will not use an old security key says nothing, so the page names it too', async ({
  page,
  player,
}) => {
  const key = await addDevice(page, { transport: 'usb', old: true })
  await page.goto(player('clinical practitioner').url)
  await page.getByRole('link', { name: /security key/ }).click()
  await key.touch(() => page.getByRole('button', { name: 'Set up a security key' }).click())
  await expect(page.getByText('An old security key without a PIN or fingerprint cannot be used.')).toBeVisible()
  await look(page)
})
