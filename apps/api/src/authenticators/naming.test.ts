import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asSaid, describeAuthenticator, unusedName } from './naming.ts'

const nobody = '00000000-0000-0000-0000-000000000000'
const iCloud = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd'
const google = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'
const samsung = '53414d53-554e-4700-0000-000000000000'
const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const onePassword = 'bada5566-a7aa-401f-bd96-45619a55120d'
const yubikey = '2fc0579f-8113-47ea-b116-bb5a8db9202a'
const idPrime = 'ca4cff1b-5a81-4404-8194-59aabcf1660b'
const chromeOnMac = 'adce0002-35bc-c60a-648b-0b25f1f05503'

const agents = {
  iPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  iPad: 'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  macChrome:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  androidPhone:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  androidTablet:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  chromebook:
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  linux: 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
}

const builtIn = ['internal', 'hybrid']
const platform = (aaguid: string) => ({ aaguid, transports: builtIn, attachment: 'platform' as const })
const roaming = (aaguid: string, ...transports: string[]) => ({
  aaguid,
  transports,
  attachment: 'cross-platform' as const,
})

describe('what people would call an authenticator', () => {
  it('is the device, where it is built into the one in hand', () => {
    const cases: [keyof typeof agents, string, string, string][] = [
      ['iPhone', iCloud, 'phone', 'iPhone'],
      ['iPad', iCloud, 'tablet', 'iPad'],
      ['macChrome', iCloud, 'computer', 'Mac'],
      ['macChrome', chromeOnMac, 'computer', 'Mac'],
      ['androidPhone', google, 'phone', 'Android phone'],
      ['androidTablet', google, 'tablet', 'Android tablet'],
      ['androidPhone', samsung, 'phone', 'Android phone'],
      ['windows', windowsHello, 'computer', 'Windows computer'],
      ['windows', nobody, 'computer', 'Windows computer'],
      ['chromebook', nobody, 'computer', 'Chromebook'],
      ['linux', nobody, 'computer', 'Linux computer'],
    ]
    for (const [agent, aaguid, kind, name] of cases)
      assert.deepEqual(describeAuthenticator(platform(aaguid), agents[agent]), { kind, name }, agent)
  })

  it('is not told more exactly than the browser tells: Safari on an iPad says that it is a Mac', () => {
    assert.equal(describeAuthenticator(platform(iCloud), agents.safari).name, 'Mac or iPad')
  })

  it('is an iPad where the page knows it', () => {
    const { userAgent } = asSaid({ userAgent: agents.safari, requestId: 'req-1' }, true)
    assert.deepEqual(describeAuthenticator(platform(iCloud), userAgent), { kind: 'tablet', name: 'iPad' })
    assert.equal(asSaid({ userAgent: agents.safari, requestId: 'req-1' }).userAgent, agents.safari)
  })

  it('is the phone that was used to set it up from another device', () => {
    const fromWindows = (aaguid: string) => describeAuthenticator(roaming(aaguid, 'hybrid', 'internal'), agents.windows)
    assert.deepEqual(fromWindows(iCloud), { kind: 'phone', name: 'iPhone' })
    assert.deepEqual(fromWindows(google), { kind: 'phone', name: 'Android phone' })
    assert.deepEqual(fromWindows(samsung), { kind: 'phone', name: 'Samsung phone' })
    assert.deepEqual(fromWindows(nobody), { kind: 'phone', name: 'Phone' })
  })

  it('is the model of a key or card, where it is known, and its kind where it is not', () => {
    const on = (aaguid: string, ...transports: string[]) =>
      describeAuthenticator(roaming(aaguid, ...transports), agents.windows)
    assert.deepEqual(on(yubikey, 'usb', 'nfc'), { kind: 'security-key', name: 'YubiKey 5 NFC' })
    assert.deepEqual(on(nobody, 'usb'), { kind: 'security-key', name: 'Security key' })
    assert.deepEqual(on(nobody, 'nfc'), { kind: 'security-key', name: 'Security key' })
    assert.deepEqual(on(idPrime, 'nfc', 'usb'), { kind: 'smartcard', name: 'IDPrime FIDO' })
    assert.deepEqual(on(nobody, 'smart-card', 'nfc'), { kind: 'smartcard', name: 'Smartcard' })
  })

  it('is what metadata calls a key or card, where we have no name for it, and never a device in hand', () => {
    const published = (claims: Parameters<typeof describeAuthenticator>[0]) =>
      describeAuthenticator(claims, agents.windows, 'Bramble Key').name
    assert.equal(published(roaming(nobody, 'usb')), 'Bramble Key')
    assert.equal(published(roaming(nobody, 'smart-card')), 'Bramble Key')
    assert.equal(published(roaming(yubikey, 'usb')), 'YubiKey 5 NFC')
    assert.equal(published(roaming(nobody, 'hybrid')), 'Phone')
    assert.equal(published(platform(nobody)), 'Windows computer')
    assert.equal(published(platform(windowsHello)), 'Windows computer')
  })

  it('is the password manager, wherever it runs', () => {
    for (const agent of Object.values(agents))
      assert.deepEqual(describeAuthenticator(platform(onePassword), agent), { kind: 'passkey', name: '1Password' })
  })

  it('is never unknown', () => {
    const claims = [
      platform(nobody),
      roaming(nobody),
      { aaguid: nobody, transports: [], attachment: undefined },
      roaming(iCloud),
    ]
    for (const each of claims)
      for (const agent of [undefined, '', 'curl/8.0', '\0\r\n<b>']) {
        const { name } = describeAuthenticator(each, agent)
        assert.match(name, /^(Passkey|Phone|iCloud Keychain)$/)
      }
    assert.equal(describeAuthenticator(platform(windowsHello), undefined).name, 'Computer')
    assert.equal(describeAuthenticator(platform(yubikey), agents.windows).name, 'YubiKey 5 NFC')
  })

  it('has a number when the person uses the name already', () => {
    assert.equal(unusedName('iPhone', []), 'iPhone')
    assert.equal(unusedName('iPhone', ['iPhone']), 'iPhone 2')
    assert.equal(unusedName('iPhone', ['iPhone', 'iPhone 3', 'iPhone 2']), 'iPhone 4')
    assert.equal(unusedName('iPhone', ['iPhone 2']), 'iPhone')
  })
})
