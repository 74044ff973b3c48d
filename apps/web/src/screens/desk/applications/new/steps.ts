import type { Draft, FieldName } from '../../../../words/applications/fields.ts'

/** A page of the way to a new application. */
export interface Step {
  path: string
  title: string
  fields: readonly FieldName[]
  /** Whether it asks anything of such an application. */
  asks: (draft: Draft) => boolean
}

const always = () => true

/** Whether people log in to it. */
export const takesCodes = ({ metadata: { grant_types = ['authorization_code'] } }: Draft) =>
  grant_types.includes('authorization_code')
const hasKey = ({ metadata }: Draft) => metadata.token_endpoint_auth_method === 'private_key_jwt'

const steps: readonly Step[] = [
  { path: 'for', title: 'Add an application', fields: ['sandbox'], asks: always },
  { path: 'kind', title: 'What kind of application is it?', fields: [], asks: always },
  { path: 'name', title: 'Name and id', fields: ['name', 'id'], asks: always },
  { path: 'keys', title: 'Its keys', fields: ['jwks_uri', 'jwks'], asks: hasKey },
  { path: 'log-in', title: 'After log in', fields: ['redirect_uris'], asks: takesCodes },
  {
    path: 'log-out',
    title: 'After log out',
    fields: ['post_logout_redirect_uris', 'backchannel_logout_uri'],
    asks: takesCodes,
  },
  { path: 'people', title: 'What it may ask', fields: ['scope'], asks: takesCodes },
  { path: 'apis', title: 'APIs that it may call', fields: ['apis'], asks: always },
  { path: 'check', title: 'Which check it asks for', fields: ['default_acr_values', 'acr_required'], asks: takesCodes },
]

export const home = '/desk/applications/new'

/** Where all that was written is shown. */
export const answers = `${home}/answers`

export const stepAt = (path: string): Step | undefined => steps.find((step) => step.path === path)

/** Where the page after this one is. */
export const hrefAfter = (path: string, draft: Draft): string => {
  const next = steps.slice(steps.findIndex((step) => step.path === path) + 1).find(({ asks }) => asks(draft))
  return next ? `${home}/${next.path}` : answers
}

export const firstStep = `${home}/for`
