import type { ComponentType, FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Trouble } from '../trouble.ts'
import { Loading } from './loading.tsx'
import { TroublePage } from './trouble-page.tsx'

/**
 * A screen whose code is fetched when it is first shown.
 * @param load imports the screen
 */
export const lazily = (load: () => Promise<ComponentType>): FunctionComponent => {
  let loaded: ComponentType | undefined
  return () => {
    const [Screen, setScreen] = useState(() => loaded)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (loaded) return
      load().then(
        (screen) => {
          loaded = screen
          setScreen(() => screen)
        },
        () => setFailed(true),
      )
    }, [])
    // A browser remembers that an import failed, so only loading the page anew tries again.
    if (failed) return <TroublePage trouble={new Trouble('no_connection')} onRetry={() => location.reload()} />
    return Screen ? <Screen /> : <Loading />
  }
}
