import type { AuthenticatorKind, AuthenticatorPolicy, CertificationLevel, NamedModel } from '@fobwatch/contracts'

/** A demand that rules may have. */
export type Demand = keyof AuthenticatorPolicy

const kindNames: Record<AuthenticatorKind, string> = {
  phone: 'Phones',
  tablet: 'Tablets',
  computer: 'Computers',
  'security-key': 'Security keys',
  smartcard: 'Smartcards',
  passkey: 'Passkeys in an app',
}

export const kindOptions = Object.entries(kindNames).map(([value, label]) => ({ value, label }))

const certificateNames: Record<CertificationLevel, string> = {
  L1: 'Level 1',
  L1plus: 'Level 1+',
  L2: 'Level 2',
  L2plus: 'Level 2+',
  L3: 'Level 3',
  L3plus: 'Level 3+',
}

export const certificateOptions = Object.entries(certificateNames).map(([value, label]) => ({
  value,
  label: value === 'L3plus' ? label : `${label} or higher`,
}))

/** Notices of the FIDO Alliance about a model that rules may heed, besides those that are heeded always. */
const noticeNames: Record<string, string> = {
  UPDATE_AVAILABLE: 'There is an update for it that mends a fault',
  NOT_FIDO_CERTIFIED: 'It is not certified',
  SELF_ASSERTION_SUBMITTED: 'Its maker alone says that it is sound',
}

export const noticeOptions = Object.entries(noticeNames).map(([value, label]) => ({ value, label }))

/** The demands, in the order in which they are shown, and what each is called. */
export const demandNames: Record<Demand, string> = {
  kinds: 'Kinds of device',
  synced: 'Passkeys that are copied to other devices',
  minimumAssuranceLevel: 'Check at each log in',
  minimumIdentityLevel: 'Proof of who the person is',
  attestation: 'Proof of who made the device',
  allowAaguids: 'Models allowed',
  denyAaguids: 'Models not allowed',
  minimumCertification: 'FIDO certificate of the model',
  prohibitedStatuses: 'Notices about the model',
  maximumUnusedDays: 'Devices that are not used',
  copiedKey: 'A key that somebody may have copied',
}

export const demands = Object.keys(demandNames) as Demand[]

/** Whether a word of an address is a demand. */
export const isDemand = (word: string): word is Demand => Object.hasOwn(demandNames, word)

const listed = (words: readonly string[]): string => {
  const [first = '', ...rest] = words
  const text = [first, ...rest.map((word) => word.charAt(0).toLowerCase() + word.slice(1))]
  return text.length < 2 ? text.join('') : `${text.slice(0, -1).join(', ')} and ${text.at(-1)}`
}

/** What people call a model, or its number where nobody knows it. */
export const modelName = (aaguid: string, models: readonly NamedModel[]): string =>
  models.find((model) => model.aaguid === aaguid)?.name ?? `Unknown model ${aaguid}`

const namesOf = (aaguids: readonly string[], models: readonly NamedModel[]) =>
  [...new Set(aaguids.map((aaguid) => modelName(aaguid, models)))].join(', ')

type Telling = { [D in Demand]: (asked: NonNullable<AuthenticatorPolicy[D]>, models: readonly NamedModel[]) => string }

const told: Telling = {
  kinds: (kinds) => (kinds.length === 0 ? 'None' : `${listed(kinds.map((kind) => kindNames[kind]))} only`),
  synced: (word) => (word === 'refused' ? 'Not allowed. The passkey must stay on one device' : 'Allowed'),
  minimumAssuranceLevel: (level) =>
    ['Any check', 'Any check', 'Standard check (AAL2) or strong check (AAL3)', 'Strong check (AAL3)'][level] ?? '',
  minimumIdentityLevel: (level) => (level < 2 ? 'Any level' : level === 2 ? 'Level 2 or level 3' : 'Level 3'),
  attestation: (word) => (word === 'required' ? 'Needed. We must be able to confirm the maker' : 'Not needed'),
  allowAaguids: (aaguids, models) => (aaguids.length === 0 ? 'None' : `${namesOf(aaguids, models)} only`),
  denyAaguids: (aaguids, models) => namesOf(aaguids, models) || 'None',
  minimumCertification: (level) => `${certificateNames[level]}${level === 'L3plus' ? '' : ' or higher'}`,
  prohibitedStatuses: (notices) =>
    notices.length === 0
      ? 'Only those that make a model unsafe'
      : `Not allowed where: ${notices.map((notice) => noticeNames[notice] ?? notice).join('; ')}`,
  maximumUnusedDays: (days) => `Stop working after ${days === 1 ? '1 day' : `${days} days`} without use`,
  copiedKey: (word) => (word === 'refuse' ? 'Refused that one time' : 'Paused'),
}

const undemanded: Record<Demand, string> = {
  kinds: 'Any kind',
  synced: 'Allowed',
  minimumAssuranceLevel: 'Any check',
  minimumIdentityLevel: 'Any level',
  attestation: 'Not needed',
  allowAaguids: 'Any model that is safe',
  denyAaguids: 'None',
  minimumCertification: 'None needed',
  prohibitedStatuses: 'Only those that make a model unsafe',
  maximumUnusedDays: 'Keep working',
  copiedKey: 'Paused',
}

/** What rules say about one thing, in plain words. */
export const demandWords = (demand: Demand, policy: AuthenticatorPolicy, models: readonly NamedModel[]): string => {
  const asked = policy[demand]
  if (asked === undefined) return undemanded[demand]
  return (told[demand] as (asked: unknown, models: readonly NamedModel[]) => string)(asked, models)
}

/** How many things rules demand. */
export const countWords = (policy: AuthenticatorPolicy): string => {
  const count = Object.keys(policy).length
  return count === 0 ? 'No rules' : count === 1 ? '1 rule' : `${count} rules`
}
