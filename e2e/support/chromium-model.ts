import { createMetadataAuthority, metadataEntry } from '@fobwatch/testkit'
import type { Browser } from '@playwright/test'
import { addDevice } from './device.ts'

/** What is known of the model that Chromium's virtual authenticator says it is. */
interface ChromiumModel {
  aaguid: string
  /** A certificate of its maker's, DER. */
  certificate: Buffer
}

/** Runs in the page. */
const register = async (): Promise<string> => {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: 'localhost', name: 'Nobody' },
      user: { id: new Uint8Array(1), name: 'nobody', displayName: 'Nobody' },
      challenge: new Uint8Array(32),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      attestation: 'direct',
    },
  })
  const { attestationObject } = (made as PublicKeyCredential).response as AuthenticatorAttestationResponse
  return new Uint8Array(attestationObject).toBase64()
}

/** A UUID of 16 bytes. */
const uuidOf = (bytes: Buffer): string => bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/**
 * Finds out, by a registration that is thrown away, how Chromium's virtual authenticators attest: packed, by a certificate
 * that is new each time under a name and a key that never change. So any of them vouches for all.
 */
const findChromiumModel = async (browser: Browser): Promise<ChromiumModel> => {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Nobody</h1>' }))
    await page.goto('http://localhost/')
    const device = await addDevice(page, { transport: 'usb' })
    let object = Buffer.alloc(0)
    await device.answer(async () => {
      object = Buffer.from(await page.evaluate(register), 'base64')
    })
    // `x5c` is a list of one string of bytes, whose length takes two; authenticator data begins with the hash of the RP ID.
    const chain = object.indexOf('x5c') + 3
    const certificate = object.subarray(chain + 4, chain + 4 + object.readUInt16BE(chain + 2))
    const attested = object.indexOf('authData') + 'authData'.length + 2 + 37
    return { aaguid: uuidOf(object.subarray(attested, attested + 16)), certificate }
  } finally {
    await context.close()
  }
}

/** Metadata of authenticators, for the service to be started with. */
export interface Metadata {
  blob: string
  rootPem: string
  signer: string
}

/** A picture of 8 by 8 pixels. */
const berry =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQMAAAD+wSzIAAAABlBMVEX///9LHVJTBO2bAAAAGElEQVR4nGOQYLBhSGO4zfCfoY7BhkECABrUA2drQ3wpAAAAAElFTkSuQmCC'

/** Metadata that knows Chromium's virtual authenticator, as a security key that asks for a PIN and keeps its keys. */
export const metadataOfChromium = async (browser: Browser): Promise<Metadata> => {
  const { aaguid, certificate } = await findChromiumModel(browser)
  const authority = createMetadataAuthority({ algorithm: 'ES256' })
  const entries = [metadataEntry({ aaguid, roots: [certificate], name: 'Bramble Key', icon: berry })]
  const blob = authority.signBlob({ number: 1, nextUpdate: '2049-01-01', entries })
  return { blob, rootPem: authority.rootPem, signer: authority.hostName }
}
