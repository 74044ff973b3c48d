import type { Enrolled } from '@fobwatch/contracts'
import { useLocation } from 'wouter-preact'
import { call } from '../../api.ts'
import { ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { NamePage } from '../../parts/name-page.tsx'
import { usePage } from '../../parts/use-page.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { checkWords } from '../../words/checks.ts'

export type SetUpDevice = Enrolled & {
  /** What it is, as the start of a sentence: "This phone". */
  what: string
  /** What it is known by to the browser, so that it can be told to drop it. */
  rpId: string
  credentialId: string
}

interface Props {
  /** What names it afterwards; a temporary pass is over by then. */
  code: string | undefined
  device: SetUpDevice
  onRenamed: (name: string) => void
}

const Panel = ({ device, mayName }: { device: SetUpDevice; mayName: boolean }) => {
  const title = `${device.what} is set up`
  const heading = usePage(title)
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        <div class="nhsuk-panel">
          <h1 class="nhsuk-panel__heading nhsuk-panel__heading--l" ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <div class="nhsuk-panel__body">Try it now, so you know it works.</div>
        </div>
        <p>
          We call it <strong>“{device.name}”</strong>.
        </p>
        {mayName && <LineLink href="?page=name">Change name</LineLink>}
        <p>{checkWords(device)}</p>
        <ButtonLink href="/sign-in/fobwatch">Log in</ButtonLink>
        {device.ways === 1 && <p>You have 1 way to log in. If you lose it, you must visit the desk.</p>}
        <LineLink href="/ways/add">Add a second way</LineLink>
      </div>
    </div>
  )
}

/** The device is set up: what it is called, and the next thing to do. */
export const Done = ({ code, device, onRenamed }: Props) => {
  const page = useSubPage()
  const [path, navigate] = useLocation()
  if (page !== 'name' || !code) return <Panel device={device} mayName={code !== undefined} />
  const save = async (name: string) => {
    await call('POST /api/enrolment/name', { code, name })
    onRenamed(name)
    navigate(path)
  }
  return <NamePage name={device.name} back={path} onSave={save} />
}
