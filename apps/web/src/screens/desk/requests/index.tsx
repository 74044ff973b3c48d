import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/requests. */
export const Requests = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
