import { Route, Switch } from 'wouter-preact'
import { NotFound } from '../../not-found/index.tsx'
import { PersonPage } from '../person/index.tsx'
import { LogOutEverywhere } from '../person/log-out.tsx'
import { ChangeDetails } from './change-details.tsx'
import { CopyAll } from './copy-all.tsx'
import { CreatePerson } from './create/index.tsx'
import { Professions } from './professions.tsx'
import { RaiseLevel } from './raise-level.tsx'
import { StandingPage } from './standing-page.tsx'

const steps = ['pause', 'start', 'close', 'reopen', 'erase'] as const

/** The desk's pages under /desk/people. */
export const People = () => (
  <Switch>
    <Route path="/desk/people/new">
      <CreatePerson />
    </Route>
    <Route path="/desk/people/:staffId">{({ staffId }) => <PersonPage staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/details">{({ staffId }) => <ChangeDetails staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/professions">{({ staffId }) => <Professions staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/identity">{({ staffId }) => <RaiseLevel staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/log-out">{({ staffId }) => <LogOutEverywhere staffId={staffId} />}</Route>
    <Route path="/desk/people/:staffId/copy">{({ staffId }) => <CopyAll staffId={staffId} />}</Route>
    {steps.map((step) => (
      <Route key={step} path={`/desk/people/:staffId/${step}`}>
        {({ staffId }: { staffId: string }) => <StandingPage step={step} staffId={staffId} />}
      </Route>
    ))}
    <Route component={NotFound} />
  </Switch>
)
