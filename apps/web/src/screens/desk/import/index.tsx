import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/import. */
export const Import = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
