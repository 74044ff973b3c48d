import { createAttestationAuthority } from '@fobwatch/testkit'
import { expect, look, test } from './support/journey.ts'
import { becomeOperator } from './support/operator.ts'
import { heading, success } from './support/screen.ts'

test.use({ tale: 'anchors' })

test('an operator adds a certificate that vouches for devices, and removes it', async ({
  page,
  house,
  player,
  setUp,
  logIn,
}) => {
  const operator = await setUp(page, player('systems support'))
  await becomeOperator(page, house, operator, logIn)
  await page.goto(`${house.issuer}/desk/policies`)
  await page.getByRole('link', { name: 'Certificates that vouch for devices' }).click()
  await expect(heading(page)).toHaveText('Certificates that vouch for devices')
  await look(page)
  await page.getByRole('link', { name: 'Add a certificate' }).click()
  await page.getByRole('button', { name: 'Add the certificate' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(5)
  await look(page)
  await page.getByLabel('Name').fill('Hospital iPads')
  await page.getByLabel('Certificate of the authority').fill('not a certificate')
  await page.getByLabel('The people of one organisation').check()
  await page.getByLabel('Code of the organisation').fill('zzx01')
  await page.getByLabel('Yes').check()
  await page.getByLabel('iPhones and iPads only').check()
  await page.getByRole('button', { name: 'Add the certificate' }).click()
  await expect(page.getByRole('alert')).toContainText('no certificate in PEM')
  await look(page)
  const { rootPem } = createAttestationAuthority({ organisation: 'Hospital Devices' })
  await page.getByLabel('Certificate of the authority').fill(rootPem)
  await page.getByRole('button', { name: 'Add the certificate' }).click()
  await expect(success(page)).toContainText('“Hospital iPads” is added')
  await look(page)

  await page.getByRole('link', { name: 'Remove Hospital iPads' }).click()
  await expect(heading(page)).toHaveText('Remove “Hospital iPads”?')
  await look(page)
  await page.getByRole('button', { name: 'Remove Hospital iPads' }).click()
  await expect(success(page)).toContainText('vouches for no device any more')
  await expect(page.getByRole('heading', { name: 'Hospital iPads' })).toHaveCount(0)
})
