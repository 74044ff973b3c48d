import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useSession } from '../session.tsx'
import { CoverContext } from './cover-controls.ts'
import { lazily } from './lazily.tsx'
import { useCover } from './use-cover.ts'

const Cover = lazily(() => import('../screens/home/cover.tsx').then(({ Cover }) => Cover))

/** The title and the focus that the page had come back with it. */
const usePageBehind = (covered: boolean): void => {
  useEffect(() => {
    if (!covered) return
    const behind = document.title
    return () => {
      document.title = behind
      document.getElementById('maincontent')?.focus()
    }
  }, [covered])
}

interface Props {
  navigation: ComponentChildren
  children: ComponentChildren
}

/** Covers what is on screen on a shared computer that nobody touches. What is behind stays as it was. */
export const Covered = ({ navigation, children }: Props) => {
  const { session } = useSession()
  const { covered, lift } = useCover(session?.shared === true)
  const [left, setLeft] = useState(false)
  usePageBehind(covered)
  const controls = useMemo(() => ({ left, lift, leave: () => setLeft(true) }), [left, lift])
  const shown = covered && (left || session?.shared === true)
  return (
    <CoverContext.Provider value={controls}>
      {!shown && navigation}
      <main id="maincontent" tabIndex={-1}>
        <div hidden={shown}>{children}</div>
        {shown && <Cover />}
      </main>
    </CoverContext.Provider>
  )
}
