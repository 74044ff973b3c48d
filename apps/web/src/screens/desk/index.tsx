import { Route, Switch } from 'wouter-preact'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { Trouble } from '../../trouble.ts'
import { NotFound } from '../not-found/index.tsx'
import { FindPerson } from './find-person.tsx'
import { PersonPage } from './person.tsx'
import { SendLink } from './send-link.tsx'

const Pages = () => (
  <Switch>
    <Route path="/desk">
      <FindPerson />
    </Route>
    <Route path="/desk/people/:staffId">{({ staffId }) => <PersonPage staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/link">{({ staffId }) => <SendLink staffId={staffId} />}</Route>
    <Route component={NotFound} />
  </Switch>
)

/** The registration authority desk, for those whose duty it is. The API holds every door of it by itself. */
export const Desk = () => (
  <SignedIn>
    {({ desk }) => (desk ? <Pages /> : <TroublePage trouble={new Trouble('not_allowed')} onRetry={() => undefined} />)}
  </SignedIn>
)
