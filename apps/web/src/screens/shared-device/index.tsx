import { useEffect } from 'preact/hooks'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'

/** What the address asks for: a managed browser opens `/shared-device#on` when it starts. */
const wanted = () => ({ '#on': true, '#off': false })[location.hash]

const markOrLook = async (): Promise<boolean> => {
  const shared = wanted()
  if (shared !== undefined) await call('POST /api/shared-device', { shared })
  return (await call('GET /api/shared-device', {})).shared
}

const Shared = ({ busy, onUnmark }: { busy: boolean; onUnmark: () => unknown }) => (
  <Page title="This is a shared computer">
    <p>Fobwatch keeps no names here. Each application asks for your fingerprint, face or PIN, or your security key.</p>
    <p>Log out when you walk away.</p>
    <LineLink href="/sign-in/fobwatch">Log in</LineLink>
    <p>
      <Button kind="secondary" busy={busy} onPress={onUnmark}>
        Nobody else uses this computer
      </Button>
    </p>
  </Page>
)

const NotShared = ({ busy, onMark }: { busy: boolean; onMark: () => unknown }) => (
  <Page title="Do other people use this computer?">
    <p>If they do, Fobwatch keeps no names here, and each application asks who you are.</p>
    <Button busy={busy} onPress={onMark}>
      Other people use this computer
    </Button>
    <LineLink href="/">Go back</LineLink>
  </Page>
)

/** Marks this browser as one that several people use, or not: by its address, for operators, or by a button. */
export const SharedDevice = () => {
  const device = useFetched('shared-device', markOrLook)
  const task = useTask()
  useEffect(() => {
    window.addEventListener('hashchange', device.reload)
    return () => window.removeEventListener('hashchange', device.reload)
  }, [])
  const mark = (shared: boolean) =>
    task.run(async () => {
      await call('POST /api/shared-device', { shared })
      history.replaceState(null, '', location.pathname)
      device.reload()
    })

  const trouble = device.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={() => location.reload()} />
  if (device.value === undefined) return <Loading />
  return device.value ? (
    <Shared busy={task.busy} onUnmark={() => mark(false)} />
  ) : (
    <NotShared busy={task.busy} onMark={() => mark(true)} />
  )
}
