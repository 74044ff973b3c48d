import { useEffect, useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../trouble.ts'

interface Fetched<T> {
  value: T | undefined
  trouble: Trouble | undefined
  /** Fetches again. */
  reload: () => void
}

interface Answer<T> {
  key: string
  value?: T | undefined
  trouble?: Trouble
}

/**
 * Fetches something when a part of the page appears, and again when `key` changes. Fetched again for the same key, the
 * old answer stays until the new one is there.
 * @param key what the fetching depends on, as one string
 */
export const useFetched = <T>(key: string, fetch: () => Promise<T>): Fetched<T> => {
  const [answer, setAnswer] = useState<Answer<T>>({ key })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let wanted = true
    const keep = (next: Answer<T>) => {
      if (wanted) setAnswer(next)
    }
    fetch().then(
      (value) => keep({ key, value }),
      (thrown) => keep({ key, trouble: asTrouble(thrown) }),
    )
    return () => {
      wanted = false
    }
  }, [key, round])

  const known: Answer<T> = answer.key === key ? answer : { key }
  const reload = () => {
    setAnswer({ key, value: known.value })
    setRound((before) => before + 1)
  }
  return { value: known.value, trouble: known.trouble, reload }
}
