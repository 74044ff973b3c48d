import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/positions. */
export const Positions = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
