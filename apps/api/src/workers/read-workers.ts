import { availableParallelism } from 'node:os'

/** More would be a mistake. */
const most = 256

/**
 * Reads how many processes serve: as many as there are cores that this one may use, unless it is said.
 * @throws Error for what is no such number
 */
export const readWorkers = (value: string | undefined): number => {
  const number = value ? Number(value) : availableParallelism()
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new Error(`must be a whole number from 1 to ${most}`)
  return number
}
