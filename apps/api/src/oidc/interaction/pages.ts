import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { requestIdOf } from '../library/request-id.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char)

/** A page that the server makes itself, because there is no sign-in for the front end to draw. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} - Fobwatch</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/fobwatch.css">
</head>
<body>
<a class="nhsuk-skip-link" href="#maincontent">Skip to main content</a>
<header class="nhsuk-header"><div class="nhsuk-header__container nhsuk-width-container"><div class="nhsuk-header__service"><a class="nhsuk-header__service-name fobwatch-mark" href="/">Fobwatch</a></div></div></header>
<div class="nhsuk-width-container">
<main class="nhsuk-main-wrapper" id="maincontent">
<div class="nhsuk-grid-row"><div class="nhsuk-grid-column-two-thirds">
<h1 class="nhsuk-heading-l">${escapeHtml(title)}</h1>
${body}
</div></div>
</main>
</div>
<footer class="nhsuk-footer"><div class="nhsuk-width-container"><p class="nhsuk-body-s fobwatch-footer">Need help? Ask your registration authority desk. They never ask for a PIN or code in a message.</p></div></footer>
</body>
</html>
`

const send = (ctx: KoaContextWithOIDC, title: string, body: string): void => {
  ctx.type = 'html'
  ctx.body = page(title, body)
}

const ended = {
  title: 'This log in has ended',
  words:
    '<p>It took too long, or it was finished in another window.</p><p>Go back to the application and log in again.</p>',
}
const ourFault = {
  title: 'Fobwatch is not working',
  words:
    '<p>The fault is ours. Your device is safe.</p><p>Try again in 5 minutes. If care cannot wait, follow your downtime plan.</p>',
}
const theirFault = {
  title: 'We cannot log you in to this application',
  words:
    '<p>The application asked for something that we do not allow. You did nothing wrong.</p><p>Go back to the application and try again. If you see this again, tell the team that runs the application.</p>',
}

/** Nobody's fault in particular: many people share an address. */
const tooMany = {
  title: 'Wait a moment, then log in again',
  words:
    '<p>Very many people, or one program, are logging in from where you are just now. Your device is safe.</p><p>Wait 10 seconds. Then go back to the application and log in again. If care cannot wait, follow your downtime plan.</p>',
}

const theirFaultAtLogOut = {
  title: 'You are not logged out',
  words:
    '<p>The application asked for something that we do not allow. You did nothing wrong.</p><p>To log out, go to <a href="/">Fobwatch</a> and select Log out. If you see this again, tell the team that runs the application.</p>',
}

/** Where the library answers people who want to log out. */
const logOutRoutes = ['end_session', 'end_session_confirm']

const whatHappened = ({ error, error_description = '' }: ErrorOut, route: string | undefined) => {
  if (/^Too many requests/.test(error_description)) return tooMany
  if (error === 'server_error' || error === 'temporarily_unavailable') return ourFault
  const fault = route && logOutRoutes.includes(route) ? theirFaultAtLogOut : theirFault
  return error === 'invalid_request' && /session|expired/.test(error_description) ? ended : fault
}

/** What a person reads when a request cannot be sent back to the application that made it. */
export const renderError = (ctx: KoaContextWithOIDC, out: ErrorOut): void => {
  ctx.type = 'html'
  ctx.body = errorPage(out, requestIdOf(ctx.req), ctx.oidc?.route)
}

/**
 * What a person reads who comes while there is too much to do at once.
 * @param reference names the request in the log
 */
export const busyPage = (reference: string): string =>
  page(
    'Fobwatch is busy',
    `<p>Too many people are logging in at once. Your device is safe.</p>
<p>Wait a minute, go back and try again. If care cannot wait, follow your downtime plan.</p>
<p class="nhsuk-body-s">Reference: ${escapeHtml(reference)}</p>`,
  )

/**
 * The same page, for whoever answers before the library.
 * @param reference names the request in the log
 * @param route what the library was asked, by its own name
 */
export const errorPage = (out: ErrorOut, reference: string | undefined, route?: string): string => {
  const { title, words } = whatHappened(out, route)
  const details = [`error: ${out.error}`, out.error_description, `reference: ${reference}`]
  return page(
    title,
    `${words}
<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">For the team that runs the application</span></summary>
<div class="nhsuk-details__text">${details.map((line) => (line ? `<p>${escapeHtml(line)}</p>` : '')).join('')}</div></details>`,
  )
}

/** Asks whether to sign out, where no application vouches for the wish. @param form the library's form, with its secret */
export const renderSignOutQuestion = (ctx: KoaContextWithOIDC, form: string): void =>
  send(
    ctx,
    'Do you want to log out?',
    `<p>You will be logged out of Fobwatch, and of the applications that you opened with it.</p>
${form}
<button class="nhsuk-button" type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>
<p><a href="/">Go back without logging out</a></p>`,
  )

export const renderSignedOut = (ctx: KoaContextWithOIDC): void =>
  send(ctx, 'You are logged out', '<p>You can close this page.</p><p><a href="/sign-in/fobwatch">Log in</a></p>')
