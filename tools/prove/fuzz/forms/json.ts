import { type Form, type Part, replaceBy } from './part.ts'

/** Forms of texts in JSON, by the name of the member that holds them. */
export interface Named {
  readonly [member: string]: Form
}

const literals = [
  ...['null', 'true', 'false', '0', '-1', '1e999', '9007199254740993', '1.5', '""', '[]', '{}', '[null]', 'NaN', ''],
  ...['"\\u0000"', '"\\ud800"', '"\\u202e"', '"é"', `"${'a'.repeat(5_000)}"`, `"${'/+=='.repeat(9)}"`],
  ...[`${'['.repeat(3_000)}${']'.repeat(3_000)}`, `${'{"a":'.repeat(500)}0${'}'.repeat(500)}`],
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}', '{"toJSON":1,"length":-1}'],
]
const members = [
  ...['"__proto__":{"id":"x"}', '"constructor":null', '"id":"x"', '"type":"public-key"', '"response":{}', '"":0'],
  ...['"challenge":"AAAA"', '"origin":"https://evil.example"', '"crossOrigin":true', '"topOrigin":"null"'],
  ...['"crossOrigin":"no"', '"type":"payment.get"', '"tokenBinding":{"status":"present","id":"x"}'],
]

/** JSON, down to the texts of which a form is known. */
export const json = (named: Named = {}): Form => ({
  open: (bytes) => {
    const value: unknown = JSON.parse(bytes.toString())
    if (Array.isArray(value)) return listOf(value, named)
    if (typeof value === 'object' && value !== null) return membersOf(value, named)
    throw new Error('Nothing in it')
  },
  faults: [replaceBy(literals), (bytes, choose) => addMember(bytes, replaceBy(members)(bytes, choose))],
})

const written = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const between = (open: string, parts: readonly Buffer[], shut: string): Buffer =>
  Buffer.concat([
    Buffer.from(open),
    ...parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(','), part])),
    Buffer.from(shut),
  ])

const partOf = (value: unknown, form: Form | undefined, named: Named): Part => ({
  bytes: written(value),
  form: typeof value === 'string' ? form && text(form) : json(named),
})

const listOf = (values: unknown[], named: Named) => ({
  parts: values.map((value) => partOf(value, undefined, named)),
  close: (parts: readonly Buffer[]) => between('[', parts, ']'),
})

const membersOf = (value: object, named: Named) => ({
  parts: Object.entries(value).map(([name, held]): Part => {
    const parts = [{ bytes: written(name) }, partOf(held, named[name], named)]
    return { bytes: colon(parts.map(({ bytes }) => bytes)), form: member(parts) }
  }),
  close: (parts: readonly Buffer[]) => between('{', parts, '}'),
})

const colon = (parts: readonly Buffer[]): Buffer =>
  Buffer.concat(parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(':'), part])))

const member = (parts: Part[]): Form => ({ open: () => ({ parts, close: colon }), faults: [] })

/** What stands between the quotation marks. */
const text = (form: Form): Form => ({
  open: (bytes) => ({
    parts: [{ bytes: bytes.subarray(1, -1), form }],
    close: (parts) => between('"', parts, '"'),
  }),
  faults: [],
})

const addMember = (bytes: Buffer, added: Buffer): Buffer =>
  bytes.at(0) === '{'.charCodeAt(0) && bytes.length > 2
    ? Buffer.concat([Buffer.from('{'), added, Buffer.from(','), bytes.subarray(1)])
    : bytes
