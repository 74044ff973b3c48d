import type { AuthenticatorPolicy, PolicyAtPlace, PolicyPreview } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Loading } from '../../../parts/loading.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSubPage } from '../../../parts/use-sub-page.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { placeHref } from '../../../words/place-of-rules.ts'
import { type Demand, demandNames, isDemand } from '../../../words/policies.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { EditRule } from './edit.tsx'
import { LockedOutPage } from './locked-out.tsx'
import { placeIn } from './place.tsx'
import { RulesChanged } from './rules-changed.tsx'

/** What is thought of, and whom it would lock out. */
interface Thought {
  policy: AuthenticatorPolicy
  preview: PolicyPreview
  /** Whether the number is another than when they looked before. */
  again: boolean
}

interface Props {
  place: PolicyAtPlace
  demand: Demand
  done: Done
  onLookAgain: () => void
}

const Change = ({ place, demand, done, onLookAgain }: Props) => {
  const { scope, id, version, policy } = place
  const [thought, setThought] = useState<Thought>()
  const [changed, setChanged] = useState(false)
  const [path, navigate] = useLocation()
  const looking = useSubPage() === 'who'
  const task = useTask()
  const check = useFreshCheck(task, 'you change the rules', path)

  const think = async (next: AuthenticatorPolicy, again: boolean) => {
    const preview = await call('POST /api/desk/policies/preview', { scope, id, policy: next })
    if (preview.version !== version) return setChanged(true)
    setThought({ policy: next, preview, again })
    navigate(`${path}?page=who`, { replace: again })
  }
  const save = ({ policy: next, preview }: Thought) =>
    check.run(async () => {
      const saving = { scope, id, policy: next, version, acknowledged: preview.count }
      try {
        await call('PUT /api/desk/policies/:scope/:id', saving)
      } catch (thrown) {
        const { code } = asTrouble(thrown)
        if (code === 'policy_changed') return setChanged(true)
        if (code === 'policy_locks_out') return think(next, true)
        throw thrown
      }
      done.finish(`“${demandNames[demand]}” is changed. It holds from the next log in.`, placeHref(place))
    })

  if (check.page) return <>{check.page}</>
  if (changed) return <RulesChanged onLook={onLookAgain} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (looking && thought)
    return <LockedOutPage {...{ ...thought, place, demand, busy: task.busy }} onSave={() => save(thought)} />
  return (
    <EditRule
      place={place}
      demand={demand}
      policy={thought?.policy ?? policy}
      busy={task.busy}
      onThink={(next) => task.run(() => think(next, false))}
    />
  )
}

/** Changes one rule: what it is to be, then whom that locks out, then whether it is meant. */
export const ChangeRule = ({ scope, id, demand, done }: { scope: string; id: string; demand: string; done: Done }) => {
  const place = placeIn(scope, id)
  const found = useFetched(`${scope} ${id}`, async () => place && call('GET /api/desk/policies/:scope/:id', place))
  if (!place || !isDemand(demand)) return <NotFound />
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  if (!found.value.mayChange) return <NotFound />
  const { version } = found.value
  return <Change key={version} place={found.value} demand={demand} done={done} onLookAgain={found.reload} />
}
