import type { ClientMetadata } from '@fobwatch/contracts'
import type { Choice, Draft } from './fields.ts'

/** What an application is, as far as it decides how it proves itself and gets tokens. */
const presets = {
  key: {
    label: 'A website with a server that has a key',
    hint: 'The safest. Its developers make a key, and give you the public half.',
    metadata: { token_endpoint_auth_method: 'private_key_jwt', grant_types: ['authorization_code'] },
  },
  secret: {
    label: 'A website with a server that keeps a secret',
    hint: 'We make the secret, and show it once.',
    metadata: { token_endpoint_auth_method: 'client_secret_basic', grant_types: ['authorization_code'] },
  },
  app: {
    label: 'An app on a phone, tablet or computer',
    hint: 'It has no secret.',
    metadata: { application_type: 'native', token_endpoint_auth_method: 'none', grant_types: ['authorization_code'] },
  },
  'back-end': {
    label: 'A service where nobody logs in',
    hint: 'It calls APIs by itself.',
    metadata: { token_endpoint_auth_method: 'client_secret_basic', grant_types: ['client_credentials'] },
  },
} as const

type Preset = keyof typeof presets

export const presetChoices: readonly Choice[] = Object.entries(presets).map(([value, { label, hint }]) => ({
  value,
  label,
  hint,
}))

const isPreset = (word: string): word is Preset => Object.hasOwn(presets, word)

/** The draft, as an application of that kind. */
export const withPreset = (draft: Draft, word: string): Draft => {
  if (!isPreset(word)) return draft
  const { application_type: _type, ...rest } = draft.metadata
  const { grant_types, ...metadata } = presets[word].metadata
  return { ...draft, metadata: { ...rest, ...metadata, grant_types: [...grant_types] } as ClientMetadata }
}

/** Which kind a draft is of, where it is of one. */
export const presetOf = ({ metadata }: Draft): Preset | undefined => {
  if (metadata.application_type === 'native') return 'app'
  if (metadata.grant_types?.includes('client_credentials')) return 'back-end'
  if (metadata.token_endpoint_auth_method === 'private_key_jwt') return 'key'
  return metadata.token_endpoint_auth_method === 'client_secret_basic' ? 'secret' : undefined
}
