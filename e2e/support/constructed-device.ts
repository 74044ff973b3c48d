import type {
  AuthenticationMisbehaviour,
  CreationOptionsJSON,
  RegistrationMisbehaviour,
  RequestOptionsJSON,
  SoftwareAuthenticator,
} from '@fobwatch/testkit'
import type { Page } from '@playwright/test'
import type { Device } from './device.ts'

/** What a page asks of `navigator.credentials`, in the form that goes over the wire. */
interface Asked {
  create?: CreationOptionsJSON
  get?: RequestOptionsJSON
}

/** A response as `toJSON()` gives it, as far as its page needs to know. */
interface ResponseJson {
  rawId: string
  response: { clientDataJSON: string; transports?: string[] }
  clientExtensionResults: object
}

/** Either a response, or the name of the error that the page is to see. */
type Answered = { response: ResponseJson; error?: never } | { error: string; response?: never }

interface Construction {
  /** Whether it is part of what the page runs on. */
  builtIn?: boolean
  /** What it gets wrong. */
  registering?: RegistrationMisbehaviour
  loggingIn?: AuthenticationMisbehaviour
}

const binding = 'askConstructedDevice'

/** What runs in the page is handed all that it needs. */
interface InPage {
  binding: string
  builtIn: boolean
}

/**
 * Runs in the page, before its own scripts: whatever opens the browser's box asks our device instead. Autofill still
 * asks the browser, and waits there for ever.
 */
const answerInPlaceOfTheBrowser = ({ binding, builtIn }: InPage) => {
  const { credentials } = navigator
  if (!credentials) return // A page without an origin of its own has none.
  const base64url = { alphabet: 'base64url', omitPadding: true } as const
  const toJson = (options: unknown) =>
    JSON.parse(
      JSON.stringify(options, (_key, value) =>
        value instanceof ArrayBuffer ? new Uint8Array(value).toBase64(base64url) : value,
      ),
    )
  const bytes = (value: string) => Uint8Array.fromBase64(value, base64url).buffer

  const credentialOf = ({
    response: { transports = [], ...response },
    clientExtensionResults,
    ...json
  }: ResponseJson) => {
    const buffers = Object.fromEntries(
      Object.entries(response).map(([name, value]) => [name, typeof value === 'string' ? bytes(value) : value]),
    )
    return {
      ...{ ...json, rawId: bytes(json.rawId), getClientExtensionResults: () => clientExtensionResults },
      response: {
        ...buffers,
        getTransports: () => transports,
        getPublicKey: () => buffers['publicKey'] ?? null,
        getPublicKeyAlgorithm: () => buffers['publicKeyAlgorithm'],
        getAuthenticatorData: () => buffers['authenticatorData'],
      },
    }
  }
  const asks = Reflect.get(window, binding) as (asked: object) => Promise<Answered>
  const ask = async (asked: object): Promise<Credential> => {
    const { error, response } = await asks(asked)
    if (!response) throw new DOMException('The device said no', error)
    return credentialOf(response) as unknown as Credential // As much of one as our pages read.
  }
  const wait = credentials.get.bind(credentials)
  credentials.create = (options) => ask({ create: toJson(options?.publicKey) })
  credentials.get = (options) =>
    options?.mediation === 'conditional' ? wait(options) : ask({ get: toJson(options?.publicKey) })
  if (builtIn) PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = () => Promise.resolve(true)
}

/**
 * Puts a device beside the page that Chromium has none of: an authenticator in software, which answers whatever the page
 * asks of the browser. It belongs to pages that are opened from then on.
 */
export const constructDevice = async (
  page: Page,
  authenticator: SoftwareAuthenticator,
  { builtIn = false, registering = {}, loggingIn = {} }: Construction = {},
): Promise<Device> => {
  let hasAnswered = () => {}
  const respond = (origin: string, { create, get }: Asked): Answered => {
    try {
      if (create) return { response: authenticator.register(create, { origin, misbehave: registering }) }
      if (get) return { response: authenticator.authenticate(get, { origin, misbehave: loggingIn }) }
      return { error: 'NotSupportedError' }
    } catch (error) {
      return { error: error instanceof Error ? error.name : 'UnknownError' }
    }
  }
  await page.exposeBinding(binding, ({ frame }, asked: Asked) => {
    const answered = respond(new URL(frame.url()).origin, asked)
    hasAnswered()
    return answered
  })
  await page.addInitScript(answerInPlaceOfTheBrowser, { binding, builtIn })

  const answer = async (open: () => Promise<unknown>) => {
    const answered = new Promise<void>((resolve) => {
      hasAnswered = resolve
    })
    await open()
    await answered
  }
  return { answer }
}
