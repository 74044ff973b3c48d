/** Someone who works in health or care, and whose identity was checked. */
export interface Person {
  /** The row, which never leaves the service. */
  id: string
  /** 12 digits: `sub`. */
  staffId: string
  /** 32 random bytes (WebAuthn L3 §14.6.1: nothing in it may tell who the person is). */
  userHandle: Buffer
  title: string | null
  givenName: string
  middleNames: string | null
  familyName: string
  email: string | null
  status: 'active' | 'suspended' | 'closed'
  /** How well the identity was proved, 1 to 3. */
  identityLevel: number
  /** Fictional: logs in to sandbox applications, and to nothing else. */
  sandboxOnly: boolean
}

/** What is known of a person before they have a row. */
export interface NewPerson {
  title?: string | null | undefined
  givenName: string
  middleNames?: string | null | undefined
  familyName: string
  email?: string | null | undefined
  identityLevel: number
  /** Who checked the identity (a person's row id), when and how. */
  identityProvedBy?: string | null | undefined
  identityProvedAt?: Date | null | undefined
  identityMethod?: 'in-person' | 'video' | null | undefined
  /** Fictional: logs in to sandbox applications, and to nothing else. */
  sandboxOnly?: boolean
}
