export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)

/** Seconds since 1970 (RFC 7519 §2, NumericDate). */
export const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const absentOr = (holds: (value: unknown) => boolean) => (value: unknown) => value === undefined || holds(value)

/** An object of JSON; a list is one too, as far as `isRecord` is concerned, and has none of the members that are looked for. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** What the members of an object must be. */
export type Shape = Readonly<Record<string, (value: unknown) => boolean>>

export const fits = (value: Readonly<Record<string, unknown>>, shape: Shape) =>
  Object.entries(shape).every(([name, holds]) => holds(value[name]))
