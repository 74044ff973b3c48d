import type { StepUp } from '@fobwatch/token-verifier'
import { backLink, buttonLink, checkAndReasons, html, type Page, stepUpPath, type Visitor } from '../pages/index.ts'

/**
 * For someone who may see a record, but logged in with less than it asks for. It is a page and not a redirect: nobody
 * should be asked for a security key without knowing why.
 */
export const stepUpPage = (visitor: Visitor, stepUp: StepUp): Page => ({
  heading: 'This record needs a strong check',
  visitor,
  before: backLink('Go back to the ward list', '/'),
  content: html`
    <p>It is marked as sensitive. We must be very sure that it is you.</p>
    <p>Your last log in: ${lastLogIn(visitor)}</p>
    <p>Select <strong>Log in with a strong check</strong>. Use a device that gives one, such as a security key from the desk. Then we bring you back to this record.</p>
    ${buttonLink('Log in with a strong check', stepUpPath(visitor.path, stepUp))}
    <p>No such device? Ask the desk for one.</p>`,
})

/** For someone who was sent for a strong check and came back without one: once more would be a circle. */
export const stillTooWeakPage = (visitor: Visitor, stepUp: StepUp): Page => ({
  heading: 'You do not have a strong check yet',
  visitor,
  content: html`
    <p>Fobwatch found no device of yours that gives a strong check, or you carried on without it.</p>
    <p>Your last log in: ${lastLogIn(visitor)}</p>
    <p>This record needs a strong check. Ask the desk for a security key that gives one.</p>
    ${buttonLink('Go back to the ward list', '/')}
    <p>You have one now? <a href="${stepUpPath(visitor.path, stepUp)}">Log in with a strong check</a>.</p>`,
})

const lastLogIn = ({ person }: Visitor) => checkAndReasons(person.checkLevel, person.reasons)
