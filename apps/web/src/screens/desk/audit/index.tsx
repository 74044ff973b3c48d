import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'
import { ExportLog } from './export.tsx'
import { Log } from './log.tsx'

/** The desk's pages under /desk/audit. */
export const Audit = () => (
  <Switch>
    <Route path="/desk/audit">
      <Log />
    </Route>
    <Route path="/desk/audit/export">
      <ExportLog />
    </Route>
    <Route component={NotFound} />
  </Switch>
)
