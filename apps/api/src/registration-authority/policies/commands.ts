import { AuthenticatorPolicy, type PolicyPlace, type PolicyPreview } from '@fobwatch/contracts'
import { Value } from 'typebox/value'
import { command, textGiven } from '#commands'
import { isRefusal, Refusal } from '#kernel'
import { theService } from './place.ts'
import type { previewByCommand } from './preview-policy.ts'
import type { saveByCommand } from './save-policy.ts'
import type { showAllPolicies } from './show-policies.ts'

interface Verbs {
  showAllPolicies: ReturnType<typeof showAllPolicies>
  previewPolicyByCommand: ReturnType<typeof previewByCommand>
  savePolicyByCommand: ReturnType<typeof saveByCommand>
}

const placeIn = (words = ''): PolicyPlace => {
  const [, scope, id] = /^(service|organisation|client)(?::([\x21-\x7e]{1,200}))?$/.exec(words) ?? []
  if (scope === 'service' && id === undefined) return { scope, id: theService }
  if ((scope === 'organisation' || scope === 'client') && id !== undefined) return { scope, id }
  throw new Error('SCOPE is service, organisation:CODE or client:ID.')
}

const formOf = ({ scope, id }: PolicyPlace): string => (scope === 'service' ? scope : `${scope}:${id}`)

/** A policy in a file, or on standard input for `-`. */
const policyIn = async (file = ''): Promise<AuthenticatorPolicy> => {
  const policy = parse(await textGiven(file))
  if (Value.Check(AuthenticatorPolicy, policy)) return policy
  throw new Error(`${file} is no policy: ${faultIn(policy)}`)
}

/** What keeps something from being a policy, in a sentence; the schema library's own words are about schemas. */
const faultIn = (given: unknown): string => {
  if (given === undefined) return 'it is not JSON.'
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'it is not an object of demands.'
  const unknown = Object.keys(given).find((member) => !Object.hasOwn(AuthenticatorPolicy.properties, member))
  if (unknown !== undefined) return `\`${unknown}\` is not a demand that policies have.`
  const [fault] = Value.Errors(AuthenticatorPolicy, given)
  return `\`${fault?.instancePath.split('/')[1]}\` has a value that it cannot have.`
}

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const countIn = (given = '0'): number => {
  if (!/^\d{1,9}$/.test(given)) throw new Error('--locks-out is the number of people that the preview gave.')
  return Number(given)
}

const inWords = ({ count, lockedOut }: PolicyPreview): string => {
  if (count === 0) return 'It would lock nobody out.\n'
  const names = lockedOut.map(({ staffId, name }) => `  ${staffId}  ${name}\n`)
  const more = count > lockedOut.length ? `  and ${count - lockedOut.length} more\n` : ''
  return `It would lock out ${count}:\n${names.join('')}${more}`
}

/** What to say of a change that was not made, where how many people it locks out is not what was said. */
const notSaved = ({ count }: PolicyPreview): string => {
  if (count === 0) return 'Nothing was changed. Nobody would be locked out: leave --locks-out away.'
  const people = count === 1 ? '1 person' : `${count} people`
  return `Nothing was changed. ${people} could not log in any more; say --locks-out ${count} to do it.`
}

/** What can be done by command about what may be used to log in. */
export const policyCommands = [
  command({
    name: 'policy show',
    operands: [],
    options: {},
    says: 'Print the rules of what may be used to log in.',
    run: async ({ showAllPolicies }: Verbs) => {
      const policies = await showAllPolicies()
      if (policies.length === 0) return 'There are no rules.\n'
      return policies
        .map(
          (each) => `${formOf(each)}, ${each.name}, version ${each.version}\n${JSON.stringify(each.policy, null, 2)}\n`,
        )
        .join('')
    },
  }),
  command({
    name: 'policy preview',
    operands: ['SCOPE', 'FILE'],
    options: {},
    says: 'Say whom the rules in a JSON file would lock out. SCOPE is service, organisation:CODE or client:ID.',
    run: async ({ previewPolicyByCommand }: Verbs, { operands: [scope, file] }) =>
      inWords(await previewPolicyByCommand({ ...placeIn(scope), policy: await policyIn(file) })),
  }),
  command({
    name: 'policy set',
    operands: ['SCOPE', 'FILE'],
    options: { 'locks-out': { value: 'COUNT' } },
    says: 'Put the rules in a JSON file in the place of those there are. Say how many people they lock out, if any.',
    run: async (
      { savePolicyByCommand, previewPolicyByCommand }: Verbs,
      { operands: [scope, file], options: { 'locks-out': count } },
    ) => {
      const place = placeIn(scope)
      const change = { ...place, policy: await policyIn(file) }
      const saving = savePolicyByCommand({ ...change, acknowledged: countIn(count) })
      const { version } = await saving.catch(async (error: unknown) => {
        if (!isRefusal(error, 'policy_locks_out')) throw error
        throw new Refusal('policy_locks_out', undefined, [notSaved(await previewPolicyByCommand(change))])
      })
      return `The rules of ${formOf(place)} are at version ${version}.\n`
    },
  }),
]
