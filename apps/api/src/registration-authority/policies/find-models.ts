import type { AuthenticatorPolicy, FindModels, FoundModels, NamedModel } from '@fobwatch/contracts'
import type { Deps } from '../deps.ts'

const most = 20

type Needs = Pick<Deps, 'authenticators'>

/** Finds models of authenticators by a part of what people call them, or by their AAGUID. */
export const findModels =
  ({ authenticators }: Needs) =>
  async ({ search }: FindModels): Promise<FoundModels> => {
    const wanted = search.trim().toLowerCase()
    const found = [...authenticators.modelNames()]
      .map(([aaguid, name]) => ({ aaguid, name }))
      .filter(({ aaguid, name }) => name.toLowerCase().includes(wanted) || aaguid.startsWith(wanted))
    return { models: found.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).slice(0, most) }
  }

/** The models that policies name, where they are known. */
export const modelsIn = (
  { authenticators }: Needs,
  policies: readonly { policy: AuthenticatorPolicy }[],
): NamedModel[] => {
  const named = policies.flatMap(({ policy }) => [...(policy.allowAaguids ?? []), ...(policy.denyAaguids ?? [])])
  return [...new Set(named)].flatMap((aaguid) => {
    const name = authenticators.modelNameOf(aaguid)
    return name === null ? [] : [{ aaguid, name }]
  })
}
