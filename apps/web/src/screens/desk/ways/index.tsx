import type { ComponentChild } from 'preact'
import { Route, Switch } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Loading } from '../../../parts/loading.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { NotFound } from '../../not-found/index.tsx'
import { EndDate } from './end-date.tsx'
import { PauseWay } from './pause.tsx'
import { RemoveWay } from './remove.tsx'
import { StartWay } from './start.tsx'
import type { WayProps } from './way-props.ts'

interface OneProps {
  staffId: string
  id: string
  children: (props: WayProps) => ComponentChild
}

const One = ({ staffId, id, children }: OneProps) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const person = found.value
  const way = person.authenticators.find((each) => each.id === id)
  const others = person.authenticators.filter((each) => each !== way && each.status === 'active')
  return <>{way ? children({ person, way, others }) : <NotFound />}</>
}

/** The desk's pages under /desk/ways: what is done about one way of a person to log in. */
export const DeskWays = () => (
  <Switch>
    <Route path="/desk/ways/:staffId/:id/pause">
      {(params) => <One {...params}>{(props) => <PauseWay {...props} />}</One>}
    </Route>
    <Route path="/desk/ways/:staffId/:id/start">
      {(params) => <One {...params}>{(props) => <StartWay {...props} />}</One>}
    </Route>
    <Route path="/desk/ways/:staffId/:id/remove">
      {(params) => <One {...params}>{(props) => <RemoveWay {...props} />}</One>}
    </Route>
    <Route path="/desk/ways/:staffId/:id/end">
      {(params) => <One {...params}>{(props) => <EndDate {...props} />}</One>}
    </Route>
    <Route component={NotFound} />
  </Switch>
)
