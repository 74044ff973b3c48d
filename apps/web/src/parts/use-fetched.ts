import { useEffect, useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../trouble.ts'

interface Fetched<T> {
  value: T | undefined
  trouble: Trouble | undefined
  /** Fetches again. */
  reload: () => void
}

/**
 * Fetches something when a part of the page appears, and again when `key` changes.
 * @param key what the fetching depends on, as one string
 */
export const useFetched = <T>(key: string, fetch: () => Promise<T>): Fetched<T> => {
  const [answer, setAnswer] = useState<{ value?: T; trouble?: Trouble }>({})
  const [round, setRound] = useState(0)
  // `key` says what `fetch` depends on.
  useEffect(() => {
    let wanted = true
    const keep = (next: typeof answer) => {
      if (wanted) setAnswer(next)
    }
    keep({})
    fetch().then(
      (value) => keep({ value }),
      (thrown) => keep({ trouble: asTrouble(thrown) }),
    )
    return () => {
      wanted = false
    }
  }, [key, round])
  return { value: answer.value, trouble: answer.trouble, reload: () => setRound((before) => before + 1) }
}
