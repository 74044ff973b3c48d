import { Route, Switch } from 'wouter-preact'
import { LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { SignedIn } from '../../../parts/signed-in.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { AuthenticatorsReport, PeopleReport, PositionsReport, RequestsReport } from './lists.tsx'
import { SignInsReport } from './sign-ins.tsx'

const reports = [
  { task: 'report-people', href: '/desk/reports/people', label: 'People' },
  { task: 'report-authenticators', href: '/desk/reports/authenticators', label: 'Ways to log in' },
  { task: 'report-positions', href: '/desk/reports/positions', label: 'Positions and who has them' },
  { task: 'report-requests', href: '/desk/reports/requests', label: 'Requests' },
  { task: 'report-sign-ins', href: '/desk/reports/sign-ins', label: 'Log ins' },
]

const Choose = () => (
  <SignedIn>
    {({ desk }) => (
      <Page title="Reports">
        {reports
          .filter(({ task }) => desk.includes(task))
          .map(({ href, label }) => (
            <LineLink key={href} href={href}>
              {label}
            </LineLink>
          ))}
        <p class="nhsuk-hint">Each time somebody reads a report, it is written in the log.</p>
      </Page>
    )}
  </SignedIn>
)

/** The desk's pages under /desk/reports. */
export const Reports = () => (
  <Switch>
    <Route path="/desk/reports">
      <Choose />
    </Route>
    <Route path="/desk/reports/people">
      <PeopleReport />
    </Route>
    <Route path="/desk/reports/authenticators">
      <AuthenticatorsReport />
    </Route>
    <Route path="/desk/reports/positions">
      <PositionsReport />
    </Route>
    <Route path="/desk/reports/requests">
      <RequestsReport />
    </Route>
    <Route path="/desk/reports/sign-ins">
      <SignInsReport />
    </Route>
    <Route component={NotFound} />
  </Switch>
)
