import type { InteractionResults, Provider } from 'oidc-provider'
import type { Visit } from '#http'
import type { FindInteraction, SignedInAs } from '#sign-in'
import { wantsRole } from './policy.ts'

type LibraryInteraction = InstanceType<Provider['Interaction']>

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** Finds the interaction by the signed cookie that ties it to this browser; the address alone is not enough. */
const findBound = async (provider: Provider, id: string, visit: Visit): Promise<LibraryInteraction | undefined> => {
  const { request, reply } = visit.raw
  const { cookies } = provider.createContext(request.raw, reply.raw)
  if (cookies.get(provider.cookieName('interaction'), { signed: true }) !== id) return undefined
  return provider.Interaction.find(id)
}

/**
 * Ends a sign-in in the session that it led to. Begun in another's session or in none, it goes on in this one alone: a
 * browser that comes back with another session meanwhile is told that this sign-in has ended.
 */
const finish =
  (interaction: LibraryInteraction, startedAt: Date) =>
  async ({ staffId, sessionId, authenticatedAt }: SignedInAs): Promise<string> => {
    const { lastSubmission } = interaction
    // A role that was chosen in an older session is no login: its age is still held against `max_age`.
    const login = authenticatedAt >= startedAt && { accountId: staffId, ts: seconds(authenticatedAt) }
    const result: InteractionResults = { ...lastSubmission, ...(login && { login }), role: {} }
    Object.assign(interaction, { result, session: { accountId: staffId, uid: sessionId } })
    await interaction.persist()
    return interaction.returnTo
  }

/** Hands the sign-ins that applications began to the room that drives them. */
export const findInteraction =
  (current: () => Provider): FindInteraction =>
  async (id, visit) => {
    const provider = current()
    const interaction = await findBound(provider, id, visit)
    if (!interaction) return undefined
    const { prompt, params } = interaction
    const client = await provider.Client.find(String(params['client_id']))
    const noted = prompt.details['startedAt']
    const startedAt = new Date(typeof noted === 'number' ? noted : (interaction.iat ?? 0) * 1000)
    return {
      id,
      clientId: client?.clientId ?? null,
      application: client?.clientName ?? null,
      needs: prompt.name === 'role' ? 'role' : 'assertion',
      wantsRole: wantsRole(new Set(String(params['scope'] ?? '').split(' '))),
      startedAt,
      finish: finish(interaction, startedAt),
    }
  }
