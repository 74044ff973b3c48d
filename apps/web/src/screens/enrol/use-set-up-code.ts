import { useEffect, useState } from 'preact/hooks'
import { forget, recall, remember } from '../../memory.ts'
import { codeIn, isOfLink } from './code.ts'

/**
 * Takes the link off the address bar, where it could be read over a shoulder, and keeps its code for a reload. A link
 * without a code closes the one that was open before.
 */
const takeFromAddress = (): string | undefined => {
  const code = codeIn(location.hash)
  if (code) remember('set-up-code', code)
  else forget('set-up-code')
  forget('set-up-typed')
  history.replaceState(history.state, '', location.pathname + location.search)
  return code
}

/** The code of the set-up link that this tab has open, until it is spent, and how another takes its place. */
export const useSetUpCode = (): { code: string | undefined; replace: (code: string) => void } => {
  const [code, setCode] = useState(() => (isOfLink(location.hash) ? codeIn(location.hash) : recall('set-up-code')))
  useEffect(() => {
    const take = () => {
      if (isOfLink(location.hash)) setCode(takeFromAddress())
    }
    // What the address holds now may be newer than the first render: this runs a moment after it.
    take()
    // Another link pasted into this tab changes only the fragment, so the browser loads nothing.
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  const replace = (next: string) => {
    remember('set-up-code', next)
    setCode(next)
  }
  return { code, replace }
}
