import { Route, Switch, useSearchParams } from 'wouter-preact'
import { useDone } from '../../../parts/use-done.ts'
import { NotFound } from '../../not-found/index.tsx'
import { EditApi } from './apis/edit.tsx'
import { ApiListPage } from './apis/list.tsx'
import { ChangeField } from './change.tsx'
import { FinishPage } from './finish.tsx'
import { ApplicationListPage } from './list.tsx'
import { NewApplication } from './new/index.tsx'
import { ApplicationPage } from './one.tsx'
import { AddSecretPage } from './secrets/add.tsx'
import { EndSecretPage } from './secrets/end.tsx'
import { TurnPage } from './turn.tsx'

/** The desk's pages under /desk/applications: what people log in to, and the APIs that may be called. */
export const Applications = () => {
  const done = useDone()
  const [query] = useSearchParams()
  return (
    <Switch>
      <Route path="/desk/applications">
        <ApplicationListPage />
      </Route>
      <Route path="/desk/applications/new/*?">
        <NewApplication />
      </Route>
      <Route path="/desk/applications/finish/:id">{({ id }) => <FinishPage id={id} />}</Route>
      <Route path="/desk/applications/apis">
        <ApiListPage done={done} />
      </Route>
      <Route path="/desk/applications/apis/edit">
        <EditApi resource={query.get('resource') ?? undefined} done={done} />
      </Route>
      <Route path="/desk/applications/of/:id">{({ id }) => <ApplicationPage id={id} done={done} />}</Route>
      <Route path="/desk/applications/of/:id/change/:field">
        {({ id, field }) => <ChangeField id={id} field={field} done={done} />}
      </Route>
      <Route path="/desk/applications/of/:id/secrets/new">{({ id }) => <AddSecretPage id={id} />}</Route>
      <Route path="/desk/applications/of/:id/secrets/:secretId/end">
        {({ id, secretId }) => <EndSecretPage id={id} secretId={secretId} done={done} />}
      </Route>
      <Route path="/desk/applications/of/:id/stop">{({ id }) => <TurnPage id={id} off done={done} />}</Route>
      <Route path="/desk/applications/of/:id/start">{({ id }) => <TurnPage id={id} off={false} done={done} />}</Route>
      <Route component={NotFound} />
    </Switch>
  )
}
