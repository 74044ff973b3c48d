/** A job role as its three names. */
export interface JobRoleNames {
  staffGroup: string
  subGroup: string
  name: string
}

/** The name of a job role as CIS2 writes it: `"Clinical":"Clinical Provision":"Nurse Access Role"`. */
export const quotedName = ({ staffGroup, subGroup, name }: JobRoleNames): string =>
  [staffGroup, subGroup, name].map((part) => `"${part}"`).join(':')

/** The name of a job role as people say it: "Nurse". */
export const plainName = ({ name }: Pick<JobRoleNames, 'name'>): string => name.replace(/ Access Role$/, '')

/** Puts what was used last on top and what was never used below, in the order in which they came. */
export const lastUsedFirst = <T extends { lastUsedAt: string | null }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? ''))
