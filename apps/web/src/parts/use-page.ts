import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { announce } from './announcer.tsx'

/** Whether a page was shown before: the first one leaves focus at the top, where the browser put it. */
let shownBefore = false

/**
 * Makes a page of what is on screen: the title of the document, and focus on the H1 when the page is new.
 * @param title the H1 as text
 * @param hasErrors whether fields have errors, which the title says first
 * @returns the ref for the H1
 */
export const usePage = (title: string, hasErrors = false): RefObject<HTMLHeadingElement> => {
  const heading = useRef<HTMLHeadingElement>(null)
  // What was said of the page before does not hold here. What the new page has to say comes later, in its effects.
  useLayoutEffect(() => announce(''), [title])
  useEffect(() => {
    document.title = `${hasErrors ? 'Error: ' : ''}${title} – Fobwatch`
  }, [title, hasErrors])
  // A new title is a new page.
  useEffect(() => {
    if (shownBefore) {
      window.scrollTo(0, 0)
      heading.current?.focus()
    }
    shownBefore = true
  }, [title])
  return heading
}
