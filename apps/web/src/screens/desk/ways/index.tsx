import type { ComponentChild } from 'preact'
import { Route, Switch } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Loading } from '../../../parts/loading.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSession } from '../../../session.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { actionsOf, changesEveryKind, type WayAction } from './actions.ts'
import { EndDate } from './end-date.tsx'
import { PauseWay } from './pause.tsx'
import { RemoveWay } from './remove.tsx'
import { StartWay } from './start.tsx'
import type { WayProps } from './way-props.ts'

interface OneProps {
  staffId: string
  id: string
  action: WayAction
  children: (props: WayProps) => ComponentChild
}

const One = ({ staffId, id, action, children }: OneProps) => {
  const tasks = useSession().session?.desk ?? []
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const person = found.value
  const way = person.authenticators.find((each) => each.id === id)
  const others = person.authenticators.filter((each) => each !== way && each.status === 'active')
  const isTheirs = way !== undefined && (changesEveryKind(tasks) || actionsOf(way, tasks).includes(action))
  return <>{isTheirs ? children({ person, way, others }) : <NotFound />}</>
}

/** The desk's pages under /desk/ways: what is done about one way of a person to log in. */
export const DeskWays = () => (
  <Switch>
    <Route path="/desk/ways/:staffId/:id/pause">
      {(params) => (
        <One {...params} action="pause">
          {(props) => <PauseWay {...props} />}
        </One>
      )}
    </Route>
    <Route path="/desk/ways/:staffId/:id/start">
      {(params) => (
        <One {...params} action="start">
          {(props) => <StartWay {...props} />}
        </One>
      )}
    </Route>
    <Route path="/desk/ways/:staffId/:id/remove">
      {(params) => (
        <One {...params} action="remove">
          {(props) => <RemoveWay {...props} />}
        </One>
      )}
    </Route>
    <Route path="/desk/ways/:staffId/:id/end">
      {(params) => (
        <One {...params} action="end">
          {(props) => <EndDate {...props} />}
        </One>
      )}
    </Route>
    <Route component={NotFound} />
  </Switch>
)
