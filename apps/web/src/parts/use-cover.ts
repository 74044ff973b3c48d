import { useCallback, useEffect, useState } from 'preact/hooks'

/** For how long nobody may touch a shared computer before our page on it is covered, in milliseconds. */
const coverAfter = 5 * 60_000

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/**
 * Whether the page is covered, because nobody touched it for so long.
 * @param isShared whether other people use this computer; no page of one's own is ever covered
 */
export const useCover = (isShared: boolean): { covered: boolean; lift: () => void } => {
  const [covered, setCovered] = useState(false)
  useEffect(() => {
    if (!isShared || covered) return
    let timer = setTimeout(() => setCovered(true), coverAfter)
    const again = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setCovered(true), coverAfter)
    }
    for (const sign of signs) window.addEventListener(sign, again, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, again)
    }
  }, [isShared, covered])
  const lift = useCallback(() => setCovered(false), [])
  return { covered, lift }
}
