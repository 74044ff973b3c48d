import { clientData, clientDataText, type DishonestEither, each, ofLine, without } from './case.testing.ts'

const origins = {
  'https in the place of http': 'https://localhost:3000',
  'another port': 'http://localhost:3001',
  'no port': 'http://localhost',
  'a suffix': 'http://localhost:3000.evil.example',
  'a trailing dot': 'http://localhost.:3000',
  'a slash at the end': 'http://localhost:3000/',
  'a path': 'http://localhost:3000/sign-in',
  'capital letters': 'http://LOCALHOST:3000',
  'an address in the place of the name': 'http://127.0.0.1:3000',
  'a sub-domain': 'http://id.localhost:3000',
  'somebody before an @': 'http://localhost:3000@evil.example',
  'no scheme': 'localhost:3000',
  'an app of a phone': 'android:apk-key-hash:AAAA',
  'the word null': 'null',
  nothing: '',
  'a space before it': ' http://localhost:3000',
}

/** Client data of either ceremony (WebAuthn L3 §5.8.1). */
export const clientDataCases: Record<string, DishonestEither> = {
  ...ofLine(
    22,
    each('ceremony_mismatch', {
      'the type of a payment': { type: 'payment.get' },
      'an empty type': { type: '' },
      'a type in capital letters': { type: 'WEBAUTHN.CREATE' },
      'a type with a space behind it': { type: 'webauthn.get ' },
    }),
  ),
  ...ofLine(
    1,
    each('challenge_unknown', {
      'a challenge that nobody made': { challenge: Buffer.alloc(32, 1).toString('base64url') },
      'an empty challenge': { challenge: '' },
      'a challenge with padding': clientData((honest) => ({ ...honest, challenge: `${honest.challenge}=` })),
      'half a challenge': clientData((honest) => ({ ...honest, challenge: honest.challenge.slice(0, 20) })),
      'a challenge with a NUL': clientData((honest) => ({ ...honest, challenge: `${honest.challenge}\0` })),
    }),
  ),
  ...ofLine(
    4,
    each(
      'origin_mismatch',
      Object.fromEntries(Object.entries(origins).map(([name, origin]) => [`an origin with ${name}`, { origin }])),
    ),
  ),
  ...ofLine(
    5,
    each('origin_mismatch', {
      'a frame of another origin': { crossOrigin: true },
      'a frame in a page of another origin': { crossOrigin: true, topOrigin: 'https://portal.example' },
      'a frame in a page of our own origin': { crossOrigin: true, topOrigin: 'http://localhost:3000' },
      'a page around no frame': { topOrigin: 'https://portal.example' },
    }),
  ),
  ...ofLine(
    22,
    each('response_malformed', {
      'no type': clientData((honest) => without(honest, 'type')),
      'no challenge': clientData((honest) => without(honest, 'challenge')),
      'no origin': clientData((honest) => without(honest, 'origin')),
      'a number for a type': clientData((honest) => ({ ...honest, type: 1 })),
      'a list for a challenge': clientData((honest) => ({ ...honest, challenge: [honest.challenge] })),
      'a list for an origin': clientData((honest) => ({ ...honest, origin: [honest.origin] })),
      'a text for crossOrigin': clientData((honest) => ({ ...honest, crossOrigin: 'false' })),
      'null for crossOrigin': clientData((honest) => ({ ...honest, crossOrigin: null })),
      'a list for topOrigin': clientData((honest) => ({ ...honest, crossOrigin: true, topOrigin: [] })),
      'a list for client data': clientData((honest) => [honest]),
      'null for client data': clientDataText(() => 'null'),
      'a text for client data': clientDataText((honest) => JSON.stringify(honest)),
      'a byte order mark': { clientDataEncoding: 'byte-order-mark' },
      'client data that is not UTF-8': { clientDataEncoding: 'invalid-utf8' },
      'client data in UTF-16': clientDataText((honest) => Buffer.from(honest, 'utf16le')),
      'a key twice': { clientDataEncoding: 'duplicate-keys' },
      'a key twice, once escaped': clientDataText((honest) =>
        honest.replace('{', '{"\\u006frigin":"https://evil.example",'),
      ),
      'a key twice in an object within': clientDataText((honest) => honest.replace('{', '{"more":{"a":1,"a":2},')),
      'client data that ends early': clientDataText((honest) => honest.slice(0, -1)),
      'text after client data': clientDataText((honest) => `${honest}{}`),
      'a NUL after client data': clientDataText((honest) => `${honest}\0`),
      'a comma too many': clientDataText((honest) => honest.replace('}', ',}')),
      'single quotes': clientDataText((honest) => honest.replaceAll('"', "'")),
      'a comment': clientDataText((honest) => honest.replace('{', '{/* */')),
    } satisfies Record<string, DishonestEither['misbehave']>),
  ),
}
