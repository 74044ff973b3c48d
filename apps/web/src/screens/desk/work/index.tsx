import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'

/** The desk's pages under /desk/work. */
export const Work = () => (
  <Switch>
    <Route component={NotFound} />
  </Switch>
)
