import { Route, Switch } from 'wouter-preact'
import { lazily } from '../../parts/lazily.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { Trouble } from '../../trouble.ts'
import { NotFound } from '../not-found/index.tsx'
import { DeskHome } from './home.tsx'

const People = lazily(() => import('./people/index.tsx').then(({ People }) => People))
const Positions = lazily(() => import('./positions/index.tsx').then(({ Positions }) => Positions))
const Organisations = lazily(() => import('./organisations/index.tsx').then(({ Organisations }) => Organisations))
const Requests = lazily(() => import('./requests/index.tsx').then(({ Requests }) => Requests))
const Issuing = lazily(() => import('./issuing/index.tsx').then(({ Issuing }) => Issuing))
const DeskWays = lazily(() => import('./ways/index.tsx').then(({ DeskWays }) => DeskWays))
const Policies = lazily(() => import('./policies/index.tsx').then(({ Policies }) => Policies))
const Applications = lazily(() => import('./applications/index.tsx').then(({ Applications }) => Applications))
const Audit = lazily(() => import('./audit/index.tsx').then(({ Audit }) => Audit))
const Import = lazily(() => import('./import/index.tsx').then(({ Import }) => Import))
const Reports = lazily(() => import('./reports/index.tsx').then(({ Reports }) => Reports))
const Work = lazily(() => import('./work/index.tsx').then(({ Work }) => Work))

const Pages = ({ tasks }: { tasks: readonly string[] }) => (
  <Switch>
    <Route path="/desk">
      <DeskHome tasks={tasks} />
    </Route>
    <Route path="/desk/people/*?">
      <People />
    </Route>
    <Route path="/desk/positions/*?">
      <Positions />
    </Route>
    <Route path="/desk/organisations/*?">
      <Organisations />
    </Route>
    <Route path="/desk/requests/*?">
      <Requests />
    </Route>
    <Route path="/desk/issuing/*?">
      <Issuing />
    </Route>
    <Route path="/desk/ways/*?">
      <DeskWays />
    </Route>
    <Route path="/desk/policies/*?">
      <Policies />
    </Route>
    <Route path="/desk/applications/*?">
      <Applications />
    </Route>
    <Route path="/desk/audit/*?">
      <Audit />
    </Route>
    <Route path="/desk/import/*?">
      <Import />
    </Route>
    <Route path="/desk/reports/*?">
      <Reports />
    </Route>
    <Route path="/desk/work/*?">
      <Work />
    </Route>
    <Route component={NotFound} />
  </Switch>
)

/** The registration authority desk, for those whose duty it is. The API holds every door of it by itself. */
export const Desk = () => (
  <SignedIn>
    {({ desk }) =>
      desk.length > 0 ? (
        <Pages tasks={desk} />
      ) : (
        <TroublePage trouble={new Trouble('not_allowed')} onRetry={() => undefined} />
      )
    }
  </SignedIn>
)
