import ajvCompiler from '@fastify/ajv-compiler'
import serializerCompiler from '@fastify/fast-json-stringify-compiler'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

type Check = ReturnType<FastifySchemaCompiler<unknown>>
type Write = (data: unknown) => string

/** Makes something when it is first needed, and once. */
const later = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What a schema does not name is refused, and nothing is turned into another type on the way. */
const strict = { removeAdditional: false, coerceTypes: false } as const

/**
 * Says how schemas become functions, which is half of what a start does after it has loaded everything: those of what nearly
 * everybody asks for at once, any other with the first request that needs it; and one that many answers share, once.
 * @param isAskedByAll whether an address is asked in every log in
 */
export const compileSchemas = (app: FastifyInstance, isAskedByAll: (url: string) => boolean): void => {
  const checkBy = ajvCompiler()({}, { customOptions: strict, plugins: [] })
  app.setValidatorCompiler((of) => {
    const compiled = later(() => checkBy(of as never) as Check)
    if (isAskedByAll(of.url)) return compiled()
    const check: Check = (data) => {
      const isValid = compiled()(data)
      check.errors = compiled().errors ?? null
      return isValid
    }
    return check
  })
  const writeBy = serializerCompiler()({}, {})
  const shared = new WeakMap<object, () => Write>()
  app.setSerializerCompiler<object>((of) => {
    const compiled = shared.get(of.schema) ?? later<Write>(() => writeBy(of as never))
    shared.set(of.schema, compiled)
    return isAskedByAll(of.url) ? compiled() : (data) => compiled()(data)
  })
}
