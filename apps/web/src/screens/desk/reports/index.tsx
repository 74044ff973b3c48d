import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/reports. */
export const Reports = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
