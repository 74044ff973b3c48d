import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/policies. */
export const Policies = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
