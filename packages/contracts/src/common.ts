import { type Static, Type } from 'typebox'
import { type RefusalCode, refusals } from './refusals.ts'

/** Every body is closed: what is not named here is refused, not dropped. */
export const closed = { additionalProperties: false } as const

/** Base64url of at most so many bytes. */
export const Base64Url = (maxBytes: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]*$', minLength: 1, maxLength: Math.ceil((maxBytes * 4) / 3) })

/** 12 digits. */
export const TwelveDigits = Type.String({ pattern: '^[0-9]{12}$' })

/** The id of a row. */
export const Uuid = Type.String({ format: 'uuid' })

/** A moment, ISO 8601 in UTC, in the one form that `Date` gives and can take: no leap second, and no year beyond 9999. */
export const Moment = Type.String({ format: 'date-time', pattern: '^[0-9T:-]{17}[0-5][0-9](\\.[0-9]{1,3})?Z$' })

export const Empty = Type.Object({}, closed)

/** Says something, and holds nothing that is not seen: no control characters, no line breaks, nothing that turns text. */
export const LineOfText = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+$' })

/** What somebody writes beside a deed. */
export const Note = LineOfText(500)

/** A fault of what was sent: where it lies, such as `redirect_uris[0]`, and what is wrong there. */
export const Fault = Type.Object({ field: Type.String(), why: Type.String() }, closed)
export type Fault = Static<typeof Fault>

/** What every refusal looks like. */
export const Failure = Type.Object(
  {
    error: Type.Unsafe<RefusalCode>({ type: 'string', enum: Object.keys(refusals) }),
    message: Type.String({ description: 'A sentence that is safe to show.' }),
    reasons: Type.Optional(Type.Array(Type.String())),
    faults: Type.Optional(Type.Array(Fault, { description: 'Every fault of what was sent.' })),
    reference: Type.String({ description: 'Names this request in the log.' }),
  },
  { ...closed, title: 'Failure' },
)
export type Failure = Static<typeof Failure>
