import { useMemo } from 'preact/hooks'
import { forget, recall } from '../../memory.ts'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { Trouble } from '../../trouble.ts'
import { isOfLink } from './code.ts'
import { Opened } from './opened.tsx'
import { byCode } from './set-up-by.ts'
import { useSetUpCode } from './use-set-up-code.ts'

/** A set-up link, opened: greets the person, sets up the device in their hand, and says that it worked. */
export const Enrol = () => {
  const { code, replace } = useSetUpCode()
  // A link that is being opened is none that was typed in, whatever this tab had open before.
  const typed = () => !isOfLink(location.hash) && recall('set-up-typed') !== undefined
  const by = useMemo(() => byCode(code ?? '', typed()), [code])
  if (!code) return <TroublePage trouble={new Trouble('invitation_unknown')} onRetry={() => undefined} />
  return <Opened key={code} by={by} code={code} onOver={() => forget('set-up-code')} onCode={replace} />
}
