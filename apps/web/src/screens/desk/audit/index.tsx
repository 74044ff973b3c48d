import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/audit. */
export const Audit = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
