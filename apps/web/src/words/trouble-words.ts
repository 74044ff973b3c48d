/** What the person was doing when it went wrong. */
export type Doing = 'log-in' | 'set-up' | 'add' | 'check' | 'type-code' | 'other'

/** What the words depend on. */
export interface About {
  doing: Doing
  /** The device in hand or the one asked for: "phone", "computer", "security key". */
  device: string
  /** The label of the main button. */
  button: string
  /** The label of the button that was pressed, when it was another. */
  pressed?: string | undefined
  /** Whether **Use a different device** stands on the page. */
  leadsElsewhere?: boolean
}

/** Something that the person can do about it, beside the main button. */
export type WayOut = 'log-in' | 'copy-address' | 'home'

/**
 * The words for one trouble. `closed` shows as inset text above the button, `warning` as a warning callout above it,
 * `page` in place of the page. Bold is between double asterisks.
 */
export interface TroubleWords {
  shape: 'closed' | 'warning' | 'page'
  title: string
  happened: string
  /** Why, a sentence each. */
  list?: readonly string[]
  whatNow: string
  /** What the main button says from now on, when not what it said before. */
  button?: 'Try again' | 'Use another way'
  waysOut?: readonly WayOut[]
}

type Say = (title: string, happened: string, whatNow: string, more?: Partial<TroubleWords>) => TroubleWords

const inShape =
  (shape: TroubleWords['shape']): Say =>
  (title, happened, whatNow, more = {}) => ({ shape, title, happened, whatNow, ...more })

/** Words above the button. */
export const warning = inShape('warning')

/** Words in place of the page. */
export const page = inShape('page')
