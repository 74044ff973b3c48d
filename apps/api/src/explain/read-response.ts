import type { Static, TObject } from 'typebox'
import { Value } from 'typebox/value'
import { Refusal } from '#kernel'

/**
 * Reads a response by the contract of the service. Members that browsers may come to add are let go first, and those that
 * say nothing to the service may be missing.
 * @throws Refusal `invalid_request`, as the service would
 */
export const readResponse = <S extends TObject>(contract: S, given: Record<string, unknown>): Static<S> => {
  const { id } = given
  const whole = { rawId: id, type: 'public-key', clientExtensionResults: {}, ...structuredClone(given) }
  const response = Value.Clean(contract, whole)
  if (Value.Check(contract, response)) return response
  const [first] = Value.Errors(contract, response)
  const where = ['response', ...(first?.instancePath.split('/').slice(1) ?? [])].join('.')
  throw new Refusal('invalid_request', new Error(`${where} ${first?.message ?? 'has another form'}`))
}
