import { Route, Switch } from 'wouter-preact'
import { LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { SignedIn } from '../../../parts/signed-in.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { WorkToDo } from './counts.tsx'
import { Expiring, Links, Paused, Starters } from './lists.tsx'
import { GiveToMany } from './many/give-to-many.tsx'

const Choose = () => (
  <SignedIn>
    {({ desk }) => (
      <Page title="Work to do">
        <WorkToDo tasks={desk} />
        {desk.includes('assign-position') && (
          <>
            <h2 class="nhsuk-heading-m">Many at once</h2>
            <LineLink href="/desk/work/roles">Give roles from a file</LineLink>
          </>
        )}
      </Page>
    )}
  </SignedIn>
)

/** The desk's pages under /desk/work. */
export const Work = () => (
  <Switch>
    <Route path="/desk/work">
      <Choose />
    </Route>
    <Route path="/desk/work/expiring">
      <Expiring />
    </Route>
    <Route path="/desk/work/paused">
      <Paused />
    </Route>
    <Route path="/desk/work/new-starters">
      <Starters />
    </Route>
    <Route path="/desk/work/links">
      <Links />
    </Route>
    <Route path="/desk/work/roles">
      <GiveToMany />
    </Route>
    <Route component={NotFound} />
  </Switch>
)
