import type { LogoutTest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { Loading } from '../../parts/loading.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'
import { Ask, type Wish } from './ask.tsx'
import { Result } from './result.tsx'

const listApplications = async () => (await call('GET /api/developers/logout-test', {})).applications

const TryLogout = () => {
  const applications = useFetched('applications', listApplications)
  const [wish, setWish] = useState<Wish>()
  const [test, setTest] = useState<LogoutTest>()
  const task = useTask()
  const check = useFreshCheck(task, 'you send a log out', '/developers/logout-test')

  const send = (next: Wish) =>
    check.run(async () => {
      setWish(next)
      setTest(await call('POST /api/developers/logout-test', next))
    })
  const trouble = applications.trouble ?? task.trouble
  const retry = () => {
    task.clear()
    applications.reload()
  }
  if (check.page) return <>{check.page}</>
  if (trouble) return <TroublePage trouble={trouble} onRetry={retry} />
  if (!applications.value) return <Loading />
  if (!test || !wish) return <Ask applications={applications.value} wish={wish} busy={task.busy} onSend={send} />
  return <Result test={test} busy={task.busy} onAgain={() => send(wish)} onBack={() => setTest(undefined)} />
}

/** Sends an application a log out, for those who build it, and shows what came back. */
export const LogoutTestPage = () => <SignedIn>{() => <TryLogout />}</SignedIn>
