import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

interface Controls {
  /** Whether whoever was logged in has left, and the page waits for the next person. */
  left: boolean
  leave: () => void
  /** Takes the cover away. */
  lift: () => void
}

/** What the cover can do, told by what it covers. */
export const CoverContext = createContext<Controls | undefined>(undefined)

/** What the cover can do. */
export const useCoverControls = (): Controls => {
  const controls = useContext(CoverContext)
  if (!controls) throw new Error('useCoverControls stands outside Covered')
  return controls
}
