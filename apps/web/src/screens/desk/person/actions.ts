import type { DeskPerson } from '@fobwatch/contracts'

type About = Pick<DeskPerson, 'status' | 'ways' | 'authenticators' | 'links' | 'roles'>

/** What they need who have nothing but what cannot be used again. */
const nextFor = (hasLink: boolean, mayIssue: boolean): string => {
  if (hasLink) return 'They have a link, code or pass: it needs a device of another kind.'
  return mayIssue
    ? 'Find a device of another kind for them, check who they are, and send a set-up link.'
    : 'They need a device of another kind, and a set-up link from an agent of the desk.'
}

const withoutWay = (paused: DeskPerson['authenticators'], hasLink: boolean, mayIssue: boolean): string[] => {
  const faulty = paused.filter(({ because }) => because === 'model')
  // It cannot be used again, and a device of the same kind would not be taken.
  if (faulty.length > 0) {
    const names = faulty.map(({ name }) => `“${name}”`).join(' and ')
    const others = faulty.length < paused.length ? ' Every other way is paused too.' : ''
    return [
      `A fault was found in devices like ${names}, which cannot be used again.${others} They cannot log in. ${nextFor(hasLink, mayIssue)}`,
    ]
  }
  if (paused.length > 0) return ['Every way to log in is paused. They cannot log in.']
  return hasLink ? [] : [`They have no way to log in.${mayIssue ? ' Send a set-up link.' : ''}`]
}

/** What is said of somebody without a role. */
export const noRole = 'They have no role.'

/**
 * What somebody at the desk should do about a person, if there is anything.
 * @param mayIssue whether they send links
 */
export const actionsFor = ({ status, ways, authenticators, links, roles }: About, mayIssue: boolean): string[] => {
  if (status !== 'active') return []
  const paused = authenticators.filter((way) => way.status === 'suspended')
  const hasLink = links.some(({ state }) => state === 'open')
  return [
    ...(ways === 0 ? withoutWay(paused, hasLink, mayIssue) : []),
    ...(ways === 1 ? ['They have 1 way to log in. If they lose it, they must visit the desk.'] : []),
    ...(roles.length === 0 ? [noRole] : []),
  ]
}
