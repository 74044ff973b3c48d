/**
 * Lets work take turns at things that are used by one at a time. Work waits where all are in use.
 * @returns does some work with the thing that has rested longest
 */
export const inTurn = <T>(things: readonly T[]) => {
  const resting = [...things]
  const waiting: ((thing: T) => void)[] = []
  const take = async (): Promise<T> => {
    const rested = resting.shift()
    return rested === undefined ? new Promise((resolve) => waiting.push(resolve)) : rested
  }
  const give = (thing: T) => {
    const next = waiting.shift()
    if (next) next(thing)
    else resting.push(thing)
  }
  return async <Got>(work: (thing: T) => Promise<Got>): Promise<Got> => {
    const thing = await take()
    try {
      return await work(thing)
    } finally {
      give(thing)
    }
  }
}
