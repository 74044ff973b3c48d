import type { AuthenticatorKind } from '@fobwatch/contracts'

/** What an AAGUID says, for a name that its owner recognises. A label, and no fact to trust (WebAuthn L3 §6.5.2). */
export interface Model {
  name: string
  /** Absent for what runs on phones, tablets and computers alike. */
  kind?: AuthenticatorKind
  /** Always signs for its keys with a certificate of its maker's, so that another kind of proof is not its own. */
  certified?: true
}

const securityKey = (name: string): Model => ({ name, kind: 'security-key', certified: true })
const smartcard = (name: string): Model => ({ name, kind: 'smartcard', certified: true })
const manager = (name: string): Model => ({ name, kind: 'passkey' })
const windowsHello: Model = { name: 'Windows Hello', kind: 'computer' }

const yubikey5 = securityKey('YubiKey 5')
const yubikey5Nfc = securityKey('YubiKey 5 NFC')
const yubikey5Ci = securityKey('YubiKey 5Ci')
const yubikey5Fips = securityKey('YubiKey 5 FIPS')
const yubikeyBio = securityKey('YubiKey Bio')
const yubico = securityKey('Security Key by Yubico')
const yubicoNfc = securityKey('Security Key NFC by Yubico')
const feitianEpass = securityKey('Feitian ePass')
const feitianBioPass = securityKey('Feitian BioPass')
const token2 = securityKey('Token2')
const eToken = securityKey('SafeNet eToken')
const idPrime = smartcard('IDPrime FIDO')
const crescendoKey = securityKey('HID Crescendo Key')
const crescendoCard = smartcard('HID Crescendo')

/** Makers publish these in the FIDO metadata service or beside their products. */
const models: ReadonlyMap<string, Model> = new Map(
  Object.entries<Model>({
    // Part of a device, or of what syncs between devices of one maker.
    'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': { name: 'iCloud Keychain' },
    'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': { name: 'iCloud Keychain (managed)' },
    'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': { name: 'Google Password Manager' },
    '53414d53-554e-4700-0000-000000000000': { name: 'Samsung Pass' },
    'd3452668-01fd-4c12-926c-83a4204853aa': { name: 'Microsoft Password Manager' },
    '08987058-cadc-4b81-b6e1-30de50dcbe96': windowsHello,
    '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': windowsHello,
    '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': windowsHello,
    'adce0002-35bc-c60a-648b-0b25f1f05503': { name: 'Chrome on Mac', kind: 'computer' },
    '771b48fd-d3d4-4f74-9232-fc157ab0507a': { name: 'Edge on Mac', kind: 'computer' },
    'b5397666-4885-aa6b-cebf-e52262a439a2': { name: 'Chromium', kind: 'computer' },

    // Password managers.
    'bada5566-a7aa-401f-bd96-45619a55120d': manager('1Password'),
    'd548826e-79b4-db40-a3d8-11116f7e8349': manager('Bitwarden'),
    '531126d6-e717-415c-9320-3d9aa6981239': manager('Dashlane'),
    '0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6': manager('Keeper'),
    'b84e4048-15dc-4dd0-8640-f4f60813c8af': manager('NordPass'),
    '50726f74-6f6e-5061-7373-50726f746f6e': manager('Proton Pass'),
    'f3809540-7f14-49c1-a8b3-8f813b225541': manager('Enpass'),
    'fdb141b2-5d84-443e-8a35-4698c205a502': manager('KeePassXC'),
    'b78a0a55-6ef8-d246-a042-ba0f6d55050c': manager('LastPass'),

    // Security keys.
    'cb69481e-8ff7-4039-93ec-0a2729a154a8': yubikey5,
    'ee882879-721c-4913-9775-3dfcce97072a': yubikey5,
    '19083c3d-8383-4b18-bc03-8f1c9ab2fd1b': yubikey5,
    'ff4dac45-ede8-4ec2-aced-cf66103f4335': yubikey5,
    'fa2b99dc-9e39-4257-8f92-4a30d23c4118': yubikey5Nfc,
    '2fc0579f-8113-47ea-b116-bb5a8db9202a': yubikey5Nfc,
    'd7781e5d-e353-46aa-afe2-3ca49f13332a': yubikey5Nfc,
    'a25342c0-3cdc-4414-8e46-f4807fca511c': yubikey5Nfc,
    '662ef48a-95e2-4aaa-a6c1-5b9c40375824': yubikey5Nfc,
    'c5ef55ff-ad9a-4b9f-b580-adebafe026d0': yubikey5Ci,
    'a02167b9-ae71-4ac7-9a07-06432ebb6f1c': yubikey5Ci,
    '24673149-6c86-42e7-98d9-433fb5b73296': yubikey5Ci,
    '73bb0cd4-e502-49b8-9c6f-b59445bf720b': yubikey5Fips,
    '57f7de54-c807-4eab-b1c6-1c9be7984e92': yubikey5Fips,
    'c1f9a0bc-1dd2-404a-b27f-8e29047a43fd': yubikey5Fips,
    'fcc0118f-cd45-435b-8da1-9782b2da0715': yubikey5Fips,
    '85203421-48f9-4355-9bc8-8a53846e5083': yubikey5Fips,
    'd8522d9f-575b-4866-88a9-ba99fa02f35b': yubikeyBio,
    'dd86a2da-86a0-4cbe-b462-4bd31f57bc6f': yubikeyBio,
    '7409272d-1ff9-4e10-9fc9-ac0019c124fd': yubikeyBio,
    '7d1351a6-e097-4852-b8bf-c9ac5c9ce4a3': yubikeyBio,
    'f8a011f3-8c0a-4d15-8006-17111f9edc7d': yubico,
    'b92c3f9a-c014-4056-887f-140a2501163b': yubico,
    '149a2021-8ef6-4133-96b8-81f8d5b7f1f5': yubicoNfc,
    '6d44ba9b-f6ec-2e49-b930-0c8fe920cb73': yubicoNfc,
    'a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa': yubicoNfc,
    'e77e3c64-05e3-428b-8824-0cbeb04b829d': yubicoNfc,
    '0bb43545-fd2c-4185-87dd-feb0b2916ace': yubicoNfc,
    '47ab2fb4-66ac-4184-9ae1-86be814012d5': yubicoNfc,
    '833b721a-ff5f-4d00-bb2e-bdda3ec01e29': feitianEpass,
    'ee041bce-25e5-4cdb-8f86-897fd6418464': feitianEpass,
    '260e3021-482d-442d-838c-7edfbe153b7e': feitianEpass,
    '234cd403-35a2-4cc2-8015-77ea280c77f5': feitianEpass,
    '77010bd7-212a-4fc9-b236-d2ca5e9d4084': feitianBioPass,
    'b6ede29c-3772-412c-8a78-539c1f4c62d2': feitianBioPass,
    '4c0cf95d-2f40-43b5-ba42-4c83a11c04ba': feitianBioPass,
    '8876631b-d4a0-427f-5773-0ec71c9e0279': securityKey('Solo'),
    '8976631b-d4a0-427f-5773-0ec71c9e0279': securityKey('Solo Tap'),
    '9876631b-d4a0-427f-5773-0ec71c9e0279': securityKey('Somu'),
    '2cd2f727-f6ca-44da-8f48-5c2e5da000a2': securityKey('Nitrokey 3'),
    'ab32f0c6-2239-afbb-c470-d2ef4e254db7': token2,
    'eabb46cc-e241-80bf-ae9e-96fa6d2975cf': token2,
    '42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3': securityKey('Titan Security Key'),
    '5d629218-d3a5-11ed-afa1-0242ac120002': securityKey('Swissbit iShield Key'),
    '931327dd-c89b-406c-a81e-ed7058ef36c6': securityKey('Swissbit iShield Key'),
    'efb96b10-a9ee-4b6c-a4a9-d32125ccd4a4': eToken,
    '74820b05-a6c9-40f9-8fb0-9f86aca93998': eToken,
    '23786452-f02d-4344-87ed-aaf703726881': eToken,
    '692db549-7ae5-44d5-a1e5-dd20a493b723': crescendoKey,
    '2d3bec26-15ee-4f5d-88b2-53622490270b': crescendoKey,

    // Smartcards.
    '4d41190c-7beb-4a84-8018-adf265a6352d': smartcard('IDPrime FIDO Bio'),
    '2194b428-9397-4046-8f39-007a1605a482': idPrime,
    '2ffd6452-01da-471f-821b-ea4bf6c8676a': idPrime,
    'ca4cff1b-5a81-4404-8194-59aabcf1660b': idPrime,
    'b50d5e0a-7f81-4959-9b12-f45407407503': idPrime,
    'aeb6569c-f8fb-4950-ac60-24ca2bbe2e52': crescendoCard,
    'c80dbd9a-533f-4a17-b941-1a2f1c7cedff': crescendoCard,
    '2c0df832-92de-4be1-8412-88a8f074df4a': smartcard('Feitian FIDO Smart Card'),
  }),
)

/** The model that an AAGUID names, where it is known. @param aaguid a UUID in lower case */
export const modelOf = (aaguid: string): Model | undefined => models.get(aaguid)

/** The AAGUID and the name of every model that is known here. */
export const modelNames = (): [aaguid: string, name: string][] =>
  [...models].map(([aaguid, { name }]) => [aaguid, name])
