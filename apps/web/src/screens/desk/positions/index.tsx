import { Route, Switch, useSearchParams } from 'wouter-preact'
import { useDone } from '../../../parts/use-done.ts'
import { NotFound } from '../../not-found/index.tsx'
import { CataloguePage } from './catalogue.tsx'
import { EditPositionPage, NewPositionPage } from './edit.tsx'
import { PositionList } from './list.tsx'
import { ChangeRole } from './of/change.tsx'
import { GiveRole } from './of/give.tsx'
import { PositionsOf } from './of/list.tsx'
import { PositionPage } from './one.tsx'
import { RetirePage } from './retire.tsx'

/** The desk's pages under /desk/positions: positions, who is in them, and the catalogue that they are made from. */
export const Positions = () => {
  const done = useDone()
  const [query] = useSearchParams()
  return (
    <Switch>
      <Route path="/desk/positions">
        <PositionList />
      </Route>
      <Route path="/desk/positions/new">
        <NewPositionPage organisation={query.get('at') ?? ''} done={done} />
      </Route>
      <Route path="/desk/positions/catalogue">
        <CataloguePage />
      </Route>
      <Route path="/desk/positions/of/:staffId">{({ staffId }) => <PositionsOf staffId={staffId} done={done} />}</Route>
      <Route path="/desk/positions/of/:staffId/add">
        {({ staffId }) => <GiveRole staffId={staffId} done={done} />}
      </Route>
      <Route path="/desk/positions/of/:staffId/:id/dates">
        {({ staffId, id }) => <ChangeRole staffId={staffId} id={id} what="dates" done={done} />}
      </Route>
      <Route path="/desk/positions/of/:staffId/:id/end">
        {({ staffId, id }) => <ChangeRole staffId={staffId} id={id} what="end" done={done} />}
      </Route>
      <Route path="/desk/positions/:id">{({ id }) => <PositionPage id={id} done={done} />}</Route>
      <Route path="/desk/positions/:id/edit">{({ id }) => <EditPositionPage id={id} done={done} />}</Route>
      <Route path="/desk/positions/:id/retire">{({ id }) => <RetirePage id={id} done={done} />}</Route>
      <Route component={NotFound} />
    </Switch>
  )
}
