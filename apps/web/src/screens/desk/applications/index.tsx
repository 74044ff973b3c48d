import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/applications. */
export const Applications = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
