/** What the desk's pages of this part call. */
export type DeskOperatorEndpoints = object
