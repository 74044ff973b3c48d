import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'
import { Issue } from './issue.tsx'
import { WatchPage } from './watch-page.tsx'

/** The desk's pages under /desk/issuing: a link, a code or a pass for somebody is made, and what becomes of it. */
export const Issuing = () => (
  <Switch>
    <Route path="/desk/issuing/:staffId">{({ staffId }) => <Issue staffId={staffId} />}</Route>
    <Route path="/desk/issuing/:staffId/:id">{({ staffId, id }) => <WatchPage staffId={staffId} id={id} />}</Route>
    <Route component={NotFound} />
  </Switch>
)
