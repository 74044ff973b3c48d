import { Redirect } from 'wouter-preact'

/** Sends a person who is not logged in to the log-in page, which takes them back here. */
export const ToLogIn = () => {
  const here = location.pathname + location.search
  return <Redirect to={`/sign-in/fobwatch?next=${encodeURIComponent(here)}`} replace />
}
