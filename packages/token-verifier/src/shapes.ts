export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)

/** Seconds since 1970 (RFC 7519 §2, NumericDate). */
export const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const absentOr = (holds: (value: unknown) => boolean) => (value: unknown) => value === undefined || holds(value)
