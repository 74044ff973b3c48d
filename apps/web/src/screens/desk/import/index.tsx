import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'
import { BringInStaff } from './bring-in-staff.tsx'

/** The desk's pages under /desk/import. */
export const Import = () => (
  <Switch>
    <Route path="/desk/import">
      <BringInStaff />
    </Route>
    <Route component={NotFound} />
  </Switch>
)
