import { Route, Switch } from 'wouter-preact'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { useDone } from '../../../parts/use-done.ts'
import { RequestList } from './list.tsx'
import { RequestPage } from './request.tsx'

/** The desk's pages under /desk/requests. */
export const Requests = () => {
  const done = useDone()
  return (
    <>
      <SuccessBanner text={done.text} />
      <Switch>
        <Route path="/desk/requests">
          <RequestList list="to-decide" />
        </Route>
        <Route path="/desk/requests/mine">
          <RequestList list="mine" />
        </Route>
        <Route path="/desk/requests/closed">
          <RequestList list="closed" />
        </Route>
        <Route path="/desk/requests/:id">{({ id }) => <RequestPage id={id} done={done} />}</Route>
      </Switch>
    </>
  )
}
