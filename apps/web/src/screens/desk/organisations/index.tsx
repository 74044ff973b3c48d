import { Route, Switch } from 'wouter-preact'
import { useDone } from '../../../parts/use-done.ts'
import { NotFound } from '../../not-found/index.tsx'
import { ClosePage } from './close.tsx'
import { AddPage, AddWorkgroupPage, MovePage, RenamePage, RenameWorkgroupPage } from './forms.tsx'
import { OrganisationTree } from './list.tsx'
import { OrganisationPage } from './one.tsx'

/** The desk's pages under /desk/organisations: the tree, and what belongs to each. */
export const Organisations = () => {
  const done = useDone()
  return (
    <Switch>
      <Route path="/desk/organisations">
        <OrganisationTree />
      </Route>
      <Route path="/desk/organisations/:code">{({ code }) => <OrganisationPage code={code} done={done} />}</Route>
      <Route path="/desk/organisations/:code/add">{({ code }) => <AddPage code={code} done={done} />}</Route>
      <Route path="/desk/organisations/:code/rename">{({ code }) => <RenamePage code={code} done={done} />}</Route>
      <Route path="/desk/organisations/:code/move">{({ code }) => <MovePage code={code} done={done} />}</Route>
      <Route path="/desk/organisations/:code/close">{({ code }) => <ClosePage code={code} done={done} />}</Route>
      <Route path="/desk/organisations/:code/workgroups/new">
        {({ code }) => <AddWorkgroupPage code={code} done={done} />}
      </Route>
      <Route path="/desk/organisations/:code/workgroups/:group">
        {({ code, group }) => <RenameWorkgroupPage code={code} group={group} done={done} />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}
