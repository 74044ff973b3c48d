import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/organisations. */
export const Organisations = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
