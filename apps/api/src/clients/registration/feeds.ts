import type { ClientMetadata, Fault } from '@fobwatch/contracts'
import type { ClientDeps } from '../deps.ts'
import { grantsOf, type Rule, when } from './rules.ts'

/** An HR system comes as itself, for one organisation, and feeds nobody into what is for tries. */
export const feedRule: Rule = (metadata, { apis, feedApi }) => {
  const { feed_organisation: organisation, sandbox } = metadata
  const isFeed = organisation !== undefined
  return [
    ...when(isFeed && sandbox, 'feed_organisation', 'cannot be of an application for tries'),
    ...when(isFeed && !apis.has(feedApi), 'feed_organisation', `has no use without the API ${feedApi}`),
    ...when(
      isFeed && !grantsOf(metadata).includes('client_credentials'),
      'grant_types',
      'must have client_credentials, by which an HR system comes',
    ),
    ...when(!isFeed && apis.has(feedApi), 'feed_organisation', `must say for whom people are fed in by ${feedApi}`),
  ]
}

/** An organisation that is not there feeds nobody. */
export const organisationFaults = async (
  { findOrganisation }: Pick<ClientDeps, 'findOrganisation'>,
  { feed_organisation: code }: ClientMetadata,
): Promise<Fault[]> =>
  when(code !== undefined && !(await findOrganisation(code)), 'feed_organisation', 'is not an organisation here')
