import type { ListRequests } from '@fobwatch/contracts'

export type ListName = NonNullable<ListRequests['list']>

/** The three lists of requests: their pages, and what they say where there is nothing. */
export const lists: Record<ListName, { href: string; title: string; link: string; none: string }> = {
  'to-decide': {
    href: '/desk/requests',
    title: 'Requests for you to decide',
    link: 'Requests for you to decide',
    none: 'There is nothing for you to decide.',
  },
  mine: {
    href: '/desk/requests/mine',
    title: 'What you asked for',
    link: 'What you asked for',
    none: 'You have asked for nothing in the last 30 days.',
  },
  closed: {
    href: '/desk/requests/closed',
    title: 'Requests that are closed',
    link: 'Requests that are closed',
    none: 'Nothing was closed in the last 30 days.',
  },
}
