import { buttonLink, html, logInPath, type Page } from '../pages/index.ts'

const TIMES = 'You are logged out after 15 minutes with nothing done, and after 12 hours in all.'

/**
 * For someone who has not logged in.
 * @param returnTo the page they asked for, where logging in takes them
 */
export const welcomePage = (returnTo: string): Page => ({
  heading: 'Ward list',
  content: html`
    <p>See who is on Ward 7, and open their records if your role does.</p>
    <p>You log in with Fobwatch. Use your fingerprint, face or PIN, or your security key.</p>
    ${buttonLink('Log in', logInPath(returnTo))}
    <p>${TIMES}</p>`,
})

/** For someone who was logged in, and is not any more. */
export const loggedOutPage = (returnTo: string): Page => ({
  heading: 'You are logged out',
  content: html`
    <p>${TIMES} It also happens when you log out of Fobwatch, and when we restart this service.</p>
    <p>Select <strong>Log in</strong>. We take you back to the same place.</p>
    ${buttonLink('Log in', logInPath(returnTo))}`,
})
