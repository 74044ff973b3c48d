import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'

/** What has just been done, for the page that one comes to by it. */
export interface Done {
  /** What was done, while the page is shown that one came to. */
  text: string | undefined
  /** Goes to a page and says there what was done. */
  finish: (text: string, href: string) => void
}

/** Keeps what was done between two pages of one part of the desk: it is said on the next page, once. */
export const useDone = (): Done => {
  const [path, navigate] = useLocation()
  const [said, setSaid] = useState<{ text: string; at: string }>()
  const finish = useCallback(
    (text: string, href: string) => {
      setSaid({ text, at: href })
      navigate(href)
    },
    [navigate],
  )
  useEffect(() => {
    if (said && said.at !== path) setSaid(undefined)
  }, [path, said])
  return useMemo(() => ({ text: said?.at === path ? said.text : undefined, finish }), [said, path, finish])
}

/** What is handed with the way to a page of another part of the desk, to be said there. */
export const doneState = (text: string) => ({ done: text })

/** What was done in another part of the desk, for the page that one comes to by it. It is taken out, and so said once. */
export const useDoneBefore = (): string | undefined => {
  const [text] = useState(() => (history.state as { done?: string } | null)?.done)
  useEffect(() => {
    if (text) history.replaceState(null, '')
  }, [text])
  return text
}
