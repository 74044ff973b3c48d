import type { Authenticator } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { signalAccepted, signalDetails } from '../../ceremony/index.ts'
import { NamePage } from '../../parts/name-page.tsx'

interface Props {
  way: Authenticator
  onDone: (message: string) => void
}

export const RenameWay = ({ way, onDone }: Props) => {
  const save = async (name: string) => {
    const { signals } = await call('PATCH /api/authenticators/:id', { id: way.id, name })
    signalDetails(signals)
    signalAccepted(signals)
    onDone(`We now call it “${name}”.`)
  }
  return <NamePage name={way.name} back="/ways" onSave={save} />
}
