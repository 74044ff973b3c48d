import { buttonLink, html, logInPath, type Page } from '../pages/index.ts'
import type { Fault } from './faults.ts'

type Words = { heading: string; happened: string; now: string; button: string }

const WORDS: Readonly<Record<Fault, Words>> = {
  fobwatch_down: {
    heading: 'Fobwatch is not working',
    happened: 'We cannot reach Fobwatch, which checks who you are. You did nothing wrong.',
    now: 'Try again in 5 minutes. If care cannot wait, follow your downtime plan.',
    button: 'Try again',
  },
  not_let_in: {
    heading: 'You are not logged in',
    happened: 'You stopped, or Fobwatch did not let you in to this application.',
    now: 'Select Log in to try again. If you think you should be let in, call the desk.',
    button: 'Log in',
  },
  log_in_needed: {
    heading: 'You need to log in again',
    happened: 'Fobwatch needs to see you before you carry on.',
    now: 'Select Log in. We take you back to the same place.',
    button: 'Log in',
  },
  not_finished: {
    heading: 'You are not logged in yet',
    happened: 'You took longer than 15 minutes, or this page was opened twice, or in another browser.',
    now: 'Select Log in to start again.',
    button: 'Log in',
  },
  not_believed: {
    heading: 'We could not log you in',
    happened: 'Fobwatch gave an answer that we could not use. You did nothing wrong.',
    now: 'Select Try again. If it happens twice, call the desk.',
    button: 'Try again',
  },
  role_unchanged: {
    heading: 'Your role has not changed',
    happened: 'You stopped, or Fobwatch did not give you another role. You are still logged in as before.',
    now: 'If you need another role, ask the desk for it.',
    button: 'Go back',
  },
  check_unchanged: {
    heading: 'You do not have a strong check yet',
    happened: 'You stopped, or Fobwatch did not get the check that this needs. You are still logged in as before.',
    now: 'If you have no device that gives a strong check, such as a security key, ask the desk for one.',
    button: 'Go back to the ward list',
  },
  only_here: {
    heading: 'You are logged out here only',
    happened: 'We cannot reach Fobwatch, so you may still be logged in there, and in other applications.',
    now: 'If others use this computer, close the browser.',
    button: 'Log in',
  },
}

/** Where the button leads: who is still logged in needs no log in, nor the page that sent them to get a strong check. */
const wayOn = (fault: Fault, returnTo: string) => {
  if (fault === 'role_unchanged') return returnTo
  return fault === 'check_unchanged' ? '/' : logInPath(returnTo)
}

/**
 * Says what happened and what to do.
 * @param reference finds the cause in the log, for whoever calls the desk
 */
export const faultPage = (fault: Fault, { returnTo, reference }: { returnTo: string; reference: string }): Page => {
  const { heading, happened, now, button } = WORDS[fault]
  return {
    heading,
    content: html`
      <p>${happened}</p>
      <p>${now}</p>
      ${buttonLink(button, wayOn(fault, returnTo))}
      <p>If you call the desk, give them the reference ${reference}.</p>`,
  }
}
