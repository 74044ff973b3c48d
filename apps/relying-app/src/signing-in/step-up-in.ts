import type { StepUp } from '@fobwatch/token-verifier'

/**
 * Takes out of an address that anyone may have written how somebody is to log in. It can ask for no less than Fobwatch
 * asks for anyway, and for nothing but classes and seconds.
 */
export const stepUpIn = ({ acr_values, max_age }: Record<string, unknown>): StepUp => ({
  ...(isClasses(acr_values) && { acr_values }),
  ...(isSeconds(max_age) && { max_age }),
})

const isClasses = (value: unknown): value is string => typeof value === 'string' && /^AAL\w+( AAL\w+)*$/.test(value)

const isSeconds = (value: unknown): value is string => typeof value === 'string' && /^\d{1,9}$/.test(value)
