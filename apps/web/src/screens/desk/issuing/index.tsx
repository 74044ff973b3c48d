import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/issuing. */
export const Issuing = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
