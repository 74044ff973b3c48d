import { Route, Switch } from 'wouter-preact'
import { Frame } from './parts/frame.tsx'
import { lazily } from './parts/lazily.tsx'
import { DeskNavigation } from './screens/desk/desk-navigation.tsx'
import { NotFound } from './screens/not-found/index.tsx'
import { SessionProvider } from './session.tsx'

const Home = lazily(() => import('./screens/home/index.tsx').then(({ Home }) => Home))
const Enrol = lazily(() => import('./screens/enrol/index.tsx').then(({ Enrol }) => Enrol))
const EnterCode = lazily(() => import('./screens/enrol/enter-code.tsx').then(({ EnterCode }) => EnterCode))
const UsePass = lazily(() => import('./screens/enrol/use-pass.tsx').then(({ UsePass }) => UsePass))
const SignIn = lazily(() => import('./screens/sign-in/index.tsx').then(({ SignIn }) => SignIn))
const ChangeRole = lazily(() => import('./screens/change-role/index.tsx').then(({ ChangeRole }) => ChangeRole))
const Ways = lazily(() => import('./screens/ways/index.tsx').then(({ Ways }) => Ways))
const LoggedIn = lazily(() => import('./screens/logged-in/index.tsx').then(({ LoggedIn }) => LoggedIn))
const YourInformation = lazily(() =>
  import('./screens/information/index.tsx').then(({ YourInformation }) => YourInformation),
)
const LogoutTest = lazily(() => import('./screens/developers/index.tsx').then(({ LogoutTestPage }) => LogoutTestPage))
const SharedDevice = lazily(() => import('./screens/shared-device/index.tsx').then(({ SharedDevice }) => SharedDevice))
const Mailbox = lazily(() => import('./screens/mailbox/index.tsx').then(({ Mailbox }) => Mailbox))
const Desk = lazily(() => import('./screens/desk/index.tsx').then(({ Desk }) => Desk))

/** Which screen stands at which address, and under which navigation; a screen brings its code when it is first shown. */
export const App = () => (
  <SessionProvider>
    <Frame
      navigation={
        <Route path="/desk/*?">
          <DeskNavigation />
        </Route>
      }
    >
      <Switch>
        <Route path="/">
          <Home />
        </Route>
        <Route path="/enrol">
          <Enrol />
        </Route>
        <Route path="/enrol/code">
          <EnterCode />
        </Route>
        <Route path="/enrol/pass">
          <UsePass />
        </Route>
        <Route path="/sign-in/:interaction">
          <SignIn />
        </Route>
        <Route path="/role">
          <ChangeRole />
        </Route>
        <Route path="/ways/*?">
          <Ways />
        </Route>
        <Route path="/logged-in">
          <LoggedIn />
        </Route>
        <Route path="/information">
          <YourInformation />
        </Route>
        <Route path="/developers/logout-test">
          <LogoutTest />
        </Route>
        <Route path="/shared-device">
          <SharedDevice />
        </Route>
        <Route path="/mailbox">
          <Mailbox />
        </Route>
        <Route path="/desk/*?">
          <Desk />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Frame>
  </SessionProvider>
)
