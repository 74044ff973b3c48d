import type { InteractionResults, Provider } from 'oidc-provider'
import type { Visit } from '#http'
import type { FindInteraction, Interaction, SignedInAs } from '#sign-in'
import { settingsOf } from '../clients/client-settings.ts'
import { inBrowser } from '../storage/sign-in-adapter.ts'
import { askedCheckOf, lackOf } from './asked-check.ts'
import { checkTooLow, unmet } from './policy.ts'
import { asksAfresh, wantsRole } from './role-step.ts'

type LibraryInteraction = InstanceType<Provider['Interaction']>

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** Ends a sign-in of the library's with a result. @returns where the browser goes on to */
const end = async (
  visit: Visit,
  interaction: LibraryInteraction,
  { staffId, sessionId }: SignedInAs,
  result: InteractionResults,
): Promise<string> => {
  // Begun in another's session or in none, it goes on in this one alone: a browser that comes back with another session
  // meanwhile is told that this sign-in has ended.
  Object.assign(interaction, { result, session: { accountId: staffId, uid: sessionId } })
  await inBrowser(visit, () => interaction.persist())
  return interaction.returnTo
}

/** Ends a sign-in of the library's with nobody. It needs no session, and minds none that there is. */
const leave = async (visit: Visit, interaction: LibraryInteraction): Promise<string> => {
  const result: InteractionResults = { error: 'access_denied', error_description: 'the person went back' }
  Object.assign(interaction, { result, session: undefined })
  await inBrowser(visit, () => interaction.persist())
  return interaction.returnTo
}

/**
 * What was done in a sign-in, by the names of the library's prompts: each is asked for no more. A role that was chosen in
 * an older session is no login, whose age is still held against `max_age`; nor does it choose an account. Nor is, where
 * other people use the device, an assertion that was made for something else.
 */
const doneIn = ({ lastSubmission }: LibraryInteraction, startedAt: Date, as: SignedInAs): InteractionResults => {
  if (as.authenticatedAt < startedAt || !as.isProved) return { ...lastSubmission }
  const login = { accountId: as.staffId, ts: seconds(as.authenticatedAt) }
  return { ...lastSubmission, login, select_account: {} }
}

const wordsOf = (parameter: unknown): Set<string> =>
  new Set(
    String(parameter ?? '')
      .split(' ')
      .filter(Boolean),
  )

/** Somebody's staff id or mail address, and nothing that reads like a message of ours. */
const hintForm = /^(\d{12}|[\w.+'-]{1,64}@[\w.-]{1,190})$/
const hintIn = (hint: unknown): string | null => (typeof hint === 'string' && hintForm.test(hint) ? hint : null)

/** What the library found missing, as the room that drives the sign-in calls it. */
const needsOf = ({ name, reasons }: LibraryInteraction['prompt'], sandbox: boolean): Interaction['needs'] => {
  if (name === 'role') return 'role'
  if (name === 'select_account' && sandbox) return 'account'
  return name === 'login' && reasons.every((reason) => reason === checkTooLow) ? 'stronger' : 'assertion'
}

/** Hands the sign-ins that applications began to the room that drives them, each in its own browser alone. */
export const findInteraction =
  (current: () => Provider): FindInteraction =>
  async (id, visit) => {
    const provider = current()
    const interaction = await inBrowser(visit, () => provider.Interaction.find(id))
    const client = interaction && (await provider.Client.find(String(interaction.params['client_id'])))
    if (!interaction || !client) return undefined
    const { prompt, params } = interaction
    const noted = prompt.details['startedAt']
    const startedAt = new Date(typeof noted === 'number' ? noted : (interaction.iat ?? 0) * 1000)
    const [scopes, prompts] = [wordsOf(params['scope']), wordsOf(params['prompt'])]
    const asked = askedCheckOf(params, client)
    const { sandbox } = settingsOf(client)
    const needs = needsOf(prompt, sandbox)
    const doneBy = (as: SignedInAs) => doneIn(interaction, startedAt, as)
    return {
      id,
      clientId: client.clientId,
      application: client.clientName ?? null,
      needs,
      sandbox,
      wantsRole: wantsRole(scopes, client),
      rolesAfresh: asksAfresh(scopes, prompts),
      hint: hintIn(params['login_hint']),
      startedAt,
      begunIn: needs === 'assertion' || needs === 'account' ? null : (interaction.session?.uid ?? null),
      lackOf: (acr) => lackOf(asked, acr),
      finish: (as) => end(visit, interaction, as, { ...doneBy(as), role: {} }),
      // How old their assertion is, how strong, and the role are asked for as of any session.
      choose: (as) => end(visit, interaction, as, { ...interaction.lastSubmission, select_account: {} }),
      goOnWithout: (as) => end(visit, interaction, as, { ...doneBy(as), stronger: {} }),
      giveUp: (as) =>
        end(visit, interaction, as, { error: 'unmet_authentication_requirements', error_description: unmet }),
      leave: () => leave(visit, interaction),
    }
  }
