import type { ErasePerson } from '@fobwatch/contracts'
import type { Visit } from '#http'
import type { Transaction } from '#kernel'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { type By, byVisitor } from './by.ts'

/**
 * Takes out of every room what is personal of somebody who left, in one transaction, and makes what the log sealed of them
 * unreadable for good. The row, the staff id and the events stay, so that the log reads on and nobody else is ever them.
 */
const eraseOne = async (deps: Deps, tx: Transaction, by: By, personId: string, { because }: ErasePerson) => {
  const addresses = await deps.personalData.addressesOf(tx, personId)
  await deps.people.erasePerson(tx, personId, because, by)
  await deps.authenticators.forgetWords(tx, personId)
  await deps.sessions.forgetBrowsers(tx, personId)
  await deps.requests.forget(tx, personId)
  await deps.forgetFed(tx, personId)
  await deps.mail.forgetLetters(tx, addresses)
  // Last, so that nothing is sealed of them any more.
  await deps.forgetPerson(tx, personId, by.actor)
}

/**
 * Erases a person who was closed. It cannot be undone.
 * @throws Refusal as `deedAbout` does; `person_not_so` unless closed, and once erased
 */
export const erasePerson =
  (deps: Deps) =>
  ({ staffId, ...body }: ErasePerson & { staffId: string }, visit: Visit): Promise<void> => {
    const notToOneself = 'Nobody erases themselves.'
    const about = { staffId, task: 'erase-person', notToOneself, onlyActive: false } as const
    return deedAbout(deps, visit, about, (tx, personId) => eraseOne(deps, tx, byVisitor(visit), personId, body))
  }
