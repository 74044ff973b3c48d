/**
 * A statement that, where it touches no row, undoes all that it was sent `together` with.
 * @param change an update, an insert or a delete, in SQL, without `returning`
 */
export const mustTouch = (change: string): string =>
  `with touched as (${change} returning 1) select must_touch(count(*)) from touched`
