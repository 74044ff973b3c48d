import type { PolicyPlace } from '@fobwatch/contracts'

/** Whose rules they are, as a heading says it. */
export const placeWords = ({ scope, name }: Pick<PolicyPlace, 'scope'> & { name: string }): string =>
  scope === 'service' ? 'Rules for everybody' : `Rules for ${name}`

/** Where the rules of a place are shown. */
export const placeHref = ({ scope, id }: PolicyPlace): string => `/desk/policies/${scope}/${encodeURIComponent(id)}`

/** For whom rules hold. */
export const holdsFor: Record<PolicyPlace['scope'], string> = {
  service: 'They hold for everybody, wherever they work.',
  organisation: 'They hold for the people of this organisation, and of those below it.',
  client: 'They hold for everybody who logs in to this application.',
}
