/** The address of a page of this screen, with whatever else the address says: the page under it may go by that. */
export const addressOf = (path: string, search: string, page?: string): string => {
  const query = new URLSearchParams(search)
  query.delete('page')
  if (page) query.set('page', page)
  return query.size > 0 ? `${path}?${query}` : path
}
