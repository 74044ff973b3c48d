import { useEffect, useState } from 'preact/hooks'
import { recall, remember } from '../../memory.ts'
import { codeIn } from './code.ts'

/** Takes the code off the address bar, where it could be read over a shoulder, and keeps it for a reload. */
const takeFromAddress = (): string | undefined => {
  const code = codeIn(location.hash)
  if (!code) return undefined
  remember('set-up-code', code)
  history.replaceState(history.state, '', location.pathname + location.search)
  return code
}

/** The code of the set-up link that this tab has open, until it is spent. */
export const useSetUpCode = (): string | undefined => {
  const [code, setCode] = useState(() => codeIn(location.hash) ?? recall('set-up-code'))
  useEffect(() => {
    takeFromAddress()
    // Another link pasted into this tab changes only the fragment, so the browser loads nothing.
    const onChange = () => setCode((before) => takeFromAddress() ?? before)
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return code
}
