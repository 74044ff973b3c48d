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

const finish =
  (interaction: LibraryInteraction) =>
  async ({ staffId, authenticatedAt }: SignedInAs): Promise<string> => {
    const { lastSubmission } = interaction
    const result: InteractionResults = {
      ...lastSubmission,
      login: { accountId: staffId, ts: seconds(authenticatedAt) },
      role: {},
    }
    interaction.result = result
    // The sign-in may have begun in the session of somebody else, which has just been replaced.
    Object.assign(interaction, { session: undefined })
    await interaction.persist()
    return interaction.returnTo
  }

/** Hands the sign-ins that applications began to the room that drives them. */
export const findInteraction =
  (provider: Provider): FindInteraction =>
  async (id, visit) => {
    const interaction = await findBound(provider, id, visit)
    if (!interaction) return undefined
    const { prompt, params } = interaction
    const client = await provider.Client.find(String(params['client_id']))
    const startedAt = prompt.details['startedAt']
    return {
      id,
      application: client?.clientName ?? null,
      needs: prompt.name === 'role' ? 'role' : 'assertion',
      wantsRole: wantsRole(new Set(String(params['scope'] ?? '').split(' '))),
      startedAt: new Date(typeof startedAt === 'number' ? startedAt : (interaction.iat ?? 0) * 1000),
      finish: finish(interaction),
    }
  }
