import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'
import { PersonPage } from '../person/index.tsx'

/** The desk's pages under /desk/people. */
export const People = () => (
  <Switch>
    <Route path="/desk/people/:staffId">{({ staffId }) => <PersonPage staffId={staffId} />}</Route>
    <Route component={NotFound} />
  </Switch>
)
