import { Refusal } from '#kernel'

/** @throws Refusal `value_invalid`, naming where the value stands */
export const refuseValue = (field: string, why: string): never => {
  throw new Refusal('value_invalid', undefined, [`${field} ${why}.`], [{ field, why }])
}

/** @throws Refusal `filter_invalid` */
export const refuseFilter = (why: string): never => {
  throw new Refusal('filter_invalid', undefined, [`The filter ${why}.`])
}

/** @throws Refusal `path_invalid` */
export const refusePath = (): never => {
  throw new Refusal('path_invalid')
}
