import { type Html, html } from './html.ts'
import { changeRolePath, inset, roleInWords } from './parts.ts'
import type { Person } from './person.ts'
import { APPLICATION, DESK } from './words.ts'

export type Page = {
  /** The H1, and the first part of the title. */
  heading: string
  content: Html
  /** What stands above the main part: a way back. */
  before?: Html
  visitor?: Visitor
  /** For a table, which needs more room than a line of text. */
  wide?: boolean
}

/** Who is logged in, the path to come back to after a change of role, and whether such a change changed nothing. */
export type Visitor = { person: Person; path: string; roleStayed?: boolean }

/** A whole page, around its content. */
export const layout = ({ heading, content, before, visitor, wide }: Page): Html => html`<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${heading} – ${APPLICATION}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/ward-list.css">
</head>
<body>
  <a class="nhsuk-skip-link" href="#maincontent">Skip to main content</a>
  ${header(visitor)}
  <div class="nhsuk-width-container">
    ${before}
    <main class="nhsuk-main-wrapper" id="maincontent" tabindex="-1">
      <div class="nhsuk-grid-row"><div class="nhsuk-grid-column-${wide ? 'full' : 'two-thirds'}">
      <h1 class="nhsuk-heading-l">${heading}</h1>
      ${visitor?.roleStayed && roleStayed(visitor.person)}
      ${content}
      </div></div>
    </main>
  </div>
  ${footer}
  ${visitor && timeWarning}
</body>
</html>
`

/**
 * Asks two minutes before the session ends whether more time is needed (WCAG 2.2 §2.2.1). Closed until the script, which
 * is a file of ours like the stylesheet, opens it; without the script nothing is lost but the warning.
 */
const timeWarning = html`
<dialog class="ward-list-warning" id="time-warning" role="alertdialog" aria-labelledby="time-warning-heading" aria-describedby="time-warning-left">
  <h2 class="nhsuk-heading-m" id="time-warning-heading">Do you need more time?</h2>
  <p id="time-warning-left" aria-live="assertive">You will be logged out in 2 minutes.</p>
  <button class="nhsuk-button" id="time-warning-stay" type="button">Stay logged in</button>
  <form action="/sign-out" method="post"><button class="nhsuk-button nhsuk-button--secondary">Log out now</button></form>
</dialog>
<script type="module" src="/assets/time-warning.js"></script>`

/** Who has one role is not asked by Fobwatch, and should not wonder what became of the press. */
const roleStayed = ({ role }: Person) =>
  inset(html`<p>Your role did not change. ${role ? `You are ${roleInWords(role)}.` : 'You have none yet.'} If you had nothing
    to choose from, the desk has given you no other. For one, call the desk.</p>`)

const header = (visitor: Visitor | undefined) => html`
<header class="nhsuk-header" role="banner">
  <div class="nhsuk-header__container nhsuk-width-container">
    <div class="nhsuk-header__service"><a class="nhsuk-header__service-name" href="/">${APPLICATION}</a></div>
    ${visitor && account(visitor.person, visitor.path)}
  </div>
</header>`

/** Log out is last, on every page. */
const account = (person: Person, path: string) => html`
<nav class="nhsuk-header__account" aria-label="Account">
  <ul class="nhsuk-header__account-list">
    <li class="nhsuk-header__account-item"><a class="nhsuk-header__account-link" href="/about-you">${person.name}</a></li>
    <li class="nhsuk-header__account-item">${person.role ? roleInWords(person.role) : 'No role yet'}</li>
    <li class="nhsuk-header__account-item"><a class="nhsuk-header__account-link" href="${changeRolePath(path)}">Change role</a></li>
    <li class="nhsuk-header__account-item">
      <form class="nhsuk-header__account-form" action="/sign-out" method="post"><button class="nhsuk-header__account-button">Log out</button></form>
    </li>
  </ul>
</nav>`

const footer = html`
<footer class="nhsuk-footer" role="contentinfo">
  <div class="nhsuk-width-container">
    <div class="nhsuk-footer__meta">
      <p class="nhsuk-body-s">${DESK.name}: ${DESK.phone}</p>
      <p class="nhsuk-body-s">A sample that shows how an application logs people in with Fobwatch. Nobody on the ward exists, and nor does the phone number.</p>
    </div>
  </div>
</footer>`
