import { type ClientSummary, DefineApi, type DeskClient, type RegisteredClient } from '@fobwatch/contracts'
import { Value } from 'typebox/value'
import { command, textGiven } from '#commands'
import type { Deps } from '../deps.ts'
import type { ClientDeeds } from './deeds.ts'

type Verbs = Pick<Deps['clients'], 'listClients' | 'showClient' | 'listApis'> & ClientDeeds

/** Whoever has the command line may do everything, and is nobody in the audit. */
const byCommand = null

/** An object in a JSON file, or on standard input for `-`. */
const objectIn = async (file = ''): Promise<Record<string, unknown>> => {
  const value = parse(await textGiven(file))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Error(`${file} is not a JSON object.`)
}

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const refuseUnknown = (file: string | undefined, given: object, known: readonly string[]): void => {
  const unknown = Object.keys(given).find((member) => !known.includes(member))
  if (unknown !== undefined) throw new Error(`${file} has \`${unknown}\`, and should have ${known.join(', ')}.`)
}

/** What `clients show` prints besides a registration: it is ours to say, and is passed over when it comes back. */
const shownBesides = ['version', 'status', 'secrets', 'createdAt', 'updatedAt'] as const

const registrationIn = async (file: string | undefined) => {
  const given = await objectIn(file)
  refuseUnknown(file, given, ['id', 'name', 'metadata', 'apis', ...shownBesides])
  const { id, name, metadata, apis } = given
  return { id, name, metadata, apis }
}

const versionIn = (given: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new Error('--version is the number that clients show printed.')
  return Number(given)
}

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `7d`, `12h`, `30m` or `0` in seconds. */
const secondsIn = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined
  const [, count, unit = 's'] = /^(\d{1,7})([smhd])?$/.exec(given) ?? []
  const seconds = Number(count) * (units[unit] ?? Number.NaN)
  if (!(seconds <= 2_592_000)) throw new Error('--overlap is a time such as 7d or 12h, 30 days at most; 0 is at once.')
  return seconds
}

const asLine = ({ id, name, version, status, sandbox }: ClientSummary): string =>
  `${id}  ${name}, version ${version}${status === 'disabled' ? ', disabled' : ''}${sandbox ? ', sandbox' : ''}\n`

const asJson = (client: DeskClient): string => `${JSON.stringify(client, null, 2)}\n`

const withSecret = (said: string, { secret }: Pick<RegisteredClient, 'secret'>): string =>
  secret === undefined ? said : `${said}Its secret, which is shown this once:\n  ${secret}\n`

/** What can be done by command about applications, and about the APIs that they may call. */
export const clientCommands = [
  command({
    name: 'clients list',
    operands: [],
    options: {},
    says: 'List the applications.',
    run: async ({ listClients }: Verbs) => (await listClients()).map(asLine).join('') || 'There are none.\n',
  }),
  command({
    name: 'clients show',
    operands: ['ID'],
    options: {},
    says: 'Print the registration of an application, in JSON.',
    run: async ({ showClient }: Verbs, { operands: [id = ''] }) => asJson(await showClient(id)),
  }),
  command({
    name: 'clients add',
    operands: ['FILE'],
    options: {},
    says: 'Register the application in a JSON file, or on standard input for -. Its secret is printed once.',
    run: async ({ registerClient }: Verbs, { operands: [file] }) => {
      const made = await registerClient(await registrationIn(file), byCommand)
      return withSecret(`${made.id} is registered, at version ${made.version}.\n`, made)
    },
  }),
  command({
    name: 'clients replace',
    operands: ['ID', 'FILE'],
    options: { version: { value: 'NUMBER', required: true } },
    says: 'Put the registration in a JSON file in the place of the one at that version.',
    run: async ({ replaceClient }: Verbs, { operands: [id = '', file], options: { version } }) => {
      const { id: named = id, ...written } = await registrationIn(file)
      if (named !== id) throw new Error(`${file} is the registration of ${named}, and an id cannot be changed.`)
      const made = await replaceClient({ ...written, id, version: versionIn(version) }, byCommand)
      return withSecret(`${id} is at version ${made.version}.\n`, made)
    },
  }),
  command({
    name: 'clients disable',
    operands: ['ID'],
    options: {},
    says: 'Disable an application. What it was given is refused at once, and not given back.',
    run: async ({ disableClient }: Verbs, { operands: [id = ''] }) => {
      await disableClient({ id }, byCommand)
      return `${id} is disabled.\n`
    },
  }),
  command({
    name: 'clients enable',
    operands: ['ID'],
    options: {},
    says: 'Enable an application again.',
    run: async ({ enableClient }: Verbs, { operands: [id = ''] }) => {
      await enableClient({ id }, byCommand)
      return `${id} is enabled.\n`
    },
  }),
  command({
    name: 'clients secrets add',
    operands: ['ID'],
    options: { overlap: { value: 'TIME' } },
    says: 'Print another secret for an application, once. Its older ones end after the overlap: 7d unless given, 0 at once.',
    run: async ({ addClientSecret }: Verbs, { operands: [id = ''], options: { overlap } }) => {
      const overlapSeconds = secondsIn(overlap)
      const added = await addClientSecret({ id, ...(overlapSeconds !== undefined && { overlapSeconds }) }, byCommand)
      return withSecret(`${id} has a new secret, ${added.id}.\n`, added)
    },
  }),
  command({
    name: 'clients secrets end',
    operands: ['ID', 'SECRET_ID'],
    options: {},
    says: 'End a secret of an application at once.',
    run: async ({ endClientSecret }: Verbs, { operands: [id = '', secretId = ''] }) => {
      if (!/^[0-9a-f-]{36}$/.test(secretId)) throw new Error('SECRET_ID is one of those that clients show prints.')
      await endClientSecret({ id, secretId }, byCommand)
      return 'That secret has ended.\n'
    },
  }),
  command({
    name: 'apis list',
    operands: [],
    options: {},
    says: 'List the APIs that access tokens can be issued for.',
    run: async ({ listApis }: Verbs) => {
      const apis = await listApis()
      return (
        apis.map((api) => `${api.resource}  ${api.name}: ${api.scopes.join(' ')}\n`).join('') || 'There are none.\n'
      )
    },
  }),
  command({
    name: 'apis define',
    operands: ['FILE'],
    options: {},
    says: 'Define the API in a JSON file (resource, name, scopes), or change it.',
    run: async ({ defineApi }: Verbs, { operands: [file] }) => {
      const api = await objectIn(file)
      refuseUnknown(file, api, ['resource', 'name', 'scopes'])
      if (!Value.Check(DefineApi, api)) throw new Error(`${file} must have a resource, a name and a list of scopes.`)
      await defineApi(api, byCommand)
      return `${api.resource} is defined.\n`
    },
  }),
]
