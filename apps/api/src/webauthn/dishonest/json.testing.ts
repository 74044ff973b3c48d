import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@fobwatch/testkit'
import {
  assertionJson,
  type DishonestAssertion,
  type DishonestRegistration,
  each,
  registrationJson,
  without,
} from './case.testing.ts'

type Json = RegistrationResponseJSON | AuthenticationResponseJSON
const other = Buffer.alloc(32, 3).toString('base64url')

/** The JSON of either ceremony (WebAuthn L3 §5.1) in a form that it does not have. */
const shapes: Record<string, (honest: Json) => object> = {
  'no id': (honest) => without(honest, 'id'),
  'an empty id in the JSON': (honest) => ({ ...honest, id: '', rawId: '' }),
  'an id that is a number': (honest) => ({ ...honest, id: 1 }),
  'an id beyond 1023 bytes in the JSON': (honest) => ({ ...honest, id: 'A'.repeat(1_368) }),
  'an id that is no base64url': (honest) => ({ ...honest, id: `${honest.id}!` }),
  'no rawId': (honest) => without(honest, 'rawId'),
  'a rawId that is an object': (honest) => ({ ...honest, rawId: {} }),
  'no type in the JSON': (honest) => without(honest, 'type'),
  'another type in the JSON': (honest) => ({ ...honest, type: 'password' }),
  'no response': (honest) => without(honest, 'response'),
  'null for a response': (honest) => ({ ...honest, response: null }),
  'a list for a response': (honest) => ({ ...honest, response: [honest.response] }),
  'no client data': (honest) => ({ ...honest, response: without(honest.response, 'clientDataJSON') }),
  'client data that is an object': (honest) => ({ ...honest, response: { ...honest.response, clientDataJSON: {} } }),
  'client data of 6,000 letters': (honest) => ({
    ...honest,
    response: { ...honest.response, clientDataJSON: 'A'.repeat(6_000) },
  }),
  'client data in base64': (honest) => ({
    ...honest,
    response: { ...honest.response, clientDataJSON: `${honest.response.clientDataJSON}+/` },
  }),
  'no results of extensions': (honest) => without(honest, 'clientExtensionResults'),
  'a list for results of extensions': (honest) => ({ ...honest, clientExtensionResults: [] }),
  'an attachment that is a number': (honest) => ({ ...honest, authenticatorAttachment: 1 }),
  'a member that nobody knows': (honest) => ({ ...honest, isAdmin: true }),
  'a member in its response that nobody knows': (honest) => ({
    ...honest,
    response: { ...honest.response, isAdmin: true },
  }),
  'a list around it': (honest) => [honest],
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Another spelling of the same bytes: a letter that stands for nothing, or one with bits that do. */
const respelled = (text: string): string =>
  text.length % 4 === 0 ? `${text}A` : text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1)

const spellings = (names: string[]): Record<string, (honest: Json) => object> =>
  Object.fromEntries(
    names.map((name) => [
      `another spelling of ${name}`,
      (honest: Json) => {
        const members = honest.response as Record<string, unknown>
        return { ...honest, response: { ...members, [name]: respelled(String(members[name])) } }
      },
    ]),
  )

const asRegistrations = (cases: Record<string, (honest: Json) => object>) =>
  Object.fromEntries(Object.entries(cases).map(([name, change]) => [name, registrationJson(change)]))
const asAssertions = (cases: Record<string, (honest: Json) => object>) =>
  Object.fromEntries(Object.entries(cases).map(([name, change]) => [name, assertionJson(change)]))

const ofRegistration = (change: (honest: RegistrationResponseJSON['response']) => object) =>
  registrationJson((honest) => ({ ...honest, response: change(honest.response) }))
const ofAssertion = (change: (honest: AuthenticationResponseJSON['response']) => object) =>
  assertionJson((honest) => ({ ...honest, response: change(honest.response) }))

export const registrationJsonCases: Record<string, DishonestRegistration> = {
  ...each('invalid_request', {
    ...asRegistrations(shapes),
    'no attestation object in the JSON': ofRegistration((honest) => without(honest, 'attestationObject')),
    'an attestation object that is a number': ofRegistration((honest) => ({ ...honest, attestationObject: 1 })),
    'transports in a text': ofRegistration((honest) => ({ ...honest, transports: 'usb' })),
    'thirteen transports': ofRegistration((honest) => ({ ...honest, transports: Array(13).fill('usb') })),
    'a transport of 33 letters': ofRegistration((honest) => ({ ...honest, transports: ['u'.repeat(33)] })),
    'an algorithm in text in the JSON': ofRegistration((honest) => ({ ...honest, publicKeyAlgorithm: 'ES256' })),
  }),
  ...each('response_malformed', asRegistrations(spellings(['clientDataJSON', 'attestationObject']))),
  ...each('credential_id_invalid', {
    'another rawId in the JSON': registrationJson((honest) => ({ ...honest, rawId: other })),
    'an id in another spelling': registrationJson((honest) => ({
      ...honest,
      id: `${honest.id}A`,
      rawId: `${honest.id}A`,
    })),
  }),
}

export const assertionJsonCases: Record<string, DishonestAssertion> = {
  ...each('invalid_request', {
    ...asAssertions(shapes),
    'no authenticator data in the JSON': ofAssertion((honest) => without(honest, 'authenticatorData')),
    'no signature in the JSON': ofAssertion((honest) => without(honest, 'signature')),
    'a signature that is a list': ofAssertion((honest) => ({ ...honest, signature: [honest.signature] })),
    'a signature of 3,000 letters': ofAssertion((honest) => ({ ...honest, signature: 'A'.repeat(3_000) })),
    'an empty signature in the JSON': ofAssertion((honest) => ({ ...honest, signature: '' })),
    'an empty user handle': ofAssertion((honest) => ({ ...honest, userHandle: '' })),
    'a user handle of 65 bytes': ofAssertion((honest) => ({ ...honest, userHandle: 'A'.repeat(88) })),
    'a user handle that is a number': ofAssertion((honest) => ({ ...honest, userHandle: 1 })),
  }),
  ...each(
    'response_malformed',
    asAssertions(spellings(['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'])),
  ),
  ...each('response_malformed', {
    'an id in another spelling': assertionJson((honest) => ({
      ...{ ...honest, id: respelled(honest.id), rawId: respelled(honest.id) },
    })),
  }),
  ...each('credential_id_invalid', {
    'another rawId in the JSON': assertionJson((honest) => ({ ...honest, rawId: other })),
  }),
}
