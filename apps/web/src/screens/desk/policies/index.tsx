import { Route, Switch } from 'wouter-preact'
import { useDone } from '../../../parts/use-done.ts'
import { NotFound } from '../../not-found/index.tsx'
import { AddAnchorPage } from './anchors/add.tsx'
import { AnchorListPage } from './anchors/list.tsx'
import { RemoveAnchorPage } from './anchors/remove.tsx'
import { ChangeRule } from './change.tsx'
import { ChoosePlace } from './choose-place.tsx'
import { PolicyListPage } from './list.tsx'
import { PlacePage } from './place.tsx'

/** The desk's pages under /desk/policies: what may be used to log in, and who vouches for it. */
export const Policies = () => {
  const done = useDone()
  return (
    <Switch>
      <Route path="/desk/policies">
        <PolicyListPage />
      </Route>
      <Route path="/desk/policies/new">
        <ChoosePlace />
      </Route>
      <Route path="/desk/policies/anchors">
        <AnchorListPage done={done} />
      </Route>
      <Route path="/desk/policies/anchors/new">
        <AddAnchorPage done={done} />
      </Route>
      <Route path="/desk/policies/anchors/:id/remove">{({ id }) => <RemoveAnchorPage id={id} done={done} />}</Route>
      <Route path="/desk/policies/:scope/:id">
        {({ scope, id }) => <PlacePage scope={scope} id={decodeURIComponent(id)} done={done} />}
      </Route>
      <Route path="/desk/policies/:scope/:id/:demand">
        {({ scope, id, demand }) => (
          <ChangeRule scope={scope} id={decodeURIComponent(id)} demand={demand} done={done} />
        )}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}
