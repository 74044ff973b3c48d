/** What goes in where nothing does. */
export type Nothing = Record<never, never>
export type ById = { id: string }
export type ByStaffId = { staffId: string }
