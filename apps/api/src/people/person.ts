import type { PersonStatus, ProofMethod } from '@fobwatch/contracts'

/** What tells who somebody is, and how they are reached: what may be changed of a person. */
export interface Details {
  title: string | null
  givenName: string
  middleNames: string | null
  familyName: string
  /** A day, as in 1990-02-28. */
  birthDate: string | null
  email: string | null
  phone: string | null
  /** What the HR system calls them; nobody else has it. */
  externalId: string | null
}

/** Someone who works in health or care, and whose identity was checked. */
export interface Person extends Details {
  /** The row, which never leaves the service. */
  id: string
  /** 12 digits: `sub`. */
  staffId: string
  /** 32 random bytes (WebAuthn L3 §14.6.1: nothing in it may tell who the person is). */
  userHandle: Buffer
  status: PersonStatus
  /** Why it is so: one word, their own words, who (a person's row id) and since when; null while it was never changed. */
  statusBecause: string | null
  statusNote: string | null
  statusBy: string | null
  statusAt: Date | null
  /** How well the identity was proved, 1 to 3; who checked it (a person's row id), when and how. */
  identityLevel: number
  identityProvedBy: string | null
  identityProvedAt: Date | null
  identityMethod: ProofMethod | null
  /** Fictional: logs in to sandbox applications, and to nothing else. */
  sandboxOnly: boolean
  /** Grows with every change of the row. */
  version: number
  createdAt: Date
  updatedAt: Date
  /** When what was personal was taken out of the row. */
  erasedAt: Date | null
}

/** Who does something to a person, for the audit; nobody when the service itself does. */
export interface Origin {
  actor?: string | undefined
  /** The id of the application by which it comes, where it is one and nobody of ours. */
  client?: string | undefined
  requestId?: string | undefined
}

type OrLeftOut<T> = { [K in keyof T]?: T[K] | undefined }

/** What is known of a person before they have a row. */
export interface NewPerson extends OrLeftOut<Omit<Details, 'givenName' | 'familyName'>> {
  givenName: string
  familyName: string
  identityLevel: number
  /** Who checked the identity (a person's row id), when and how. */
  identityProvedBy?: string | null | undefined
  identityProvedAt?: Date | null | undefined
  identityMethod?: ProofMethod | null | undefined
  /** Fictional: logs in to sandbox applications, and to nothing else. */
  sandboxOnly?: boolean
}

/** What is to be changed of a person. What is left out stays. */
export type Changes = OrLeftOut<Details>
