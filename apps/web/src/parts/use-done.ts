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
