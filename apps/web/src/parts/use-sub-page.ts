import { useSearch } from 'wouter-preact'

/**
 * Which page of a screen is shown, from the address: `/enrol?page=not-me` is `not-me`. Pages of one screen share its
 * address and its state, so that a challenge stays ready and unsent work stays, and Back goes from one to the other.
 */
export const useSubPage = (): string | undefined => new URLSearchParams(useSearch()).get('page') ?? undefined
