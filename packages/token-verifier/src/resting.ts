/**
 * Leaves in peace what struggles: after a failure the next ones come at once, with the same error and without an attempt.
 * @param restMs for how long, in milliseconds
 * @throws (the returned function) what the attempt throws
 */
export const resting = <Given extends unknown[], Result>(
  restMs: number,
  attempt: (...given: Given) => Promise<Result>,
): ((...given: Given) => Promise<Result>) => {
  let failed: { at: number; cause: unknown } | undefined

  return async (...given) => {
    // A clock that is put back is no reason to wait for longer.
    if (failed && Math.abs(Date.now() - failed.at) < restMs) throw failed.cause
    try {
      const result = await attempt(...given)
      failed = undefined
      return result
    } catch (cause) {
      failed = { at: Date.now(), cause }
      throw cause
    }
  }
}
