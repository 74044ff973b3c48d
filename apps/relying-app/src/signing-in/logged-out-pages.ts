import { buttonLink, html, logInPath, type Page } from '../pages/index.ts'
import type { Over } from '../sessions/index.ts'

const TIMES = 'You are logged out after 15 minutes with nothing done, and after 12 hours in all.'

/**
 * For someone who has not logged in.
 * @param returnTo the page they asked for, where logging in takes them
 */
export const welcomePage = (returnTo: string): Page => ({
  heading: 'Ward list',
  content: html`
    <p>See who is on Ward 7, and open their records if your role lets you.</p>
    <p>You log in with Fobwatch. Use your fingerprint, face or PIN, or your security key.</p>
    ${buttonLink('Log in', logInPath(returnTo))}
    <p>${TIMES}</p>`,
})

const REASONS: Readonly<Record<Over, string>> = {
  idle: 'Nothing happened for 15 minutes.',
  life: 'It has been 12 hours.',
  dropped: 'You logged out of Fobwatch or of another application, or the desk logged you out.',
}

/**
 * For someone who was logged in, and is not any more.
 * @param why left out where it is not known
 */
export const loggedOutPage = (returnTo: string, why: Over | undefined): Page => ({
  heading: 'You are logged out',
  content: html`
    <p>${why ? REASONS[why] : `${TIMES} It also happens when we restart this service.`}</p>
    <p>Select <strong>Log in</strong>. We take you back to the same place.</p>
    ${buttonLink('Log in', logInPath(returnTo))}`,
})
