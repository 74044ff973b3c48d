/** The schemas that a user has (RFC 7643 §4.1, §4.3), and the one of ours. */
export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const staffSchema = 'urn:ietf:params:scim:schemas:extension:fobwatch:2.0:User'

/** What a feed may say of a person. */
export interface Facts {
  userName: string | null
  externalId: string | null
  active: boolean | null
  title: string | null
  givenName: string | null
  middleNames: string | null
  familyName: string | null
  email: string | null
  phone: string | null
  employeeNumber: string | null
  department: string | null
  organisation: string | null
  /** A day, as in 1990-02-28. */
  birthDate: string | null
}
export type Field = keyof Facts

/** What is said of some facts; null takes one away. */
export type Said = Partial<Facts>

/** Where each fact stands in the resource: names are compared without regard to capitals (RFC 7643 §2.1). */
export const fieldAt: Readonly<Record<string, Field>> = {
  username: 'userName',
  externalid: 'externalId',
  active: 'active',
  'name.honorificprefix': 'title',
  'name.givenname': 'givenName',
  'name.middlename': 'middleNames',
  'name.familyname': 'familyName',
  'emails.value': 'email',
  'phonenumbers.value': 'phone',
  [`${enterpriseSchema.toLowerCase()}:employeenumber`]: 'employeeNumber',
  [`${enterpriseSchema.toLowerCase()}:department`]: 'department',
  [`${enterpriseSchema.toLowerCase()}:organization`]: 'organisation',
  [`${staffSchema.toLowerCase()}:birthdate`]: 'birthDate',
}

const partsOf = (whole: string) => Object.keys(fieldAt).filter((path) => path.startsWith(whole))

/** Attributes that hold others: the whole of one stands for its parts. */
export const wholes: Readonly<Record<string, readonly string[]>> = {
  name: partsOf('name.'),
  emails: partsOf('emails.'),
  phonenumbers: partsOf('phonenumbers.'),
  [enterpriseSchema.toLowerCase()]: partsOf(`${enterpriseSchema.toLowerCase()}:`),
  [staffSchema.toLowerCase()]: partsOf(`${staffSchema.toLowerCase()}:`),
}

/** What RFC 7643 knows and nobody needs to know here. It is let pass and not kept, since every HR system sends some of it. */
const notKept = new Set([
  ...['id', 'schemas', 'meta', 'displayname', 'nickname', 'profileurl', 'title', 'usertype', 'preferredlanguage'],
  ...['locale', 'timezone', 'password', 'ims', 'photos', 'addresses', 'groups', 'entitlements', 'roles'],
  ...['x509certificates', 'name.formatted', 'name.honorificsuffix'],
  ...['emails.type', 'emails.primary', 'emails.display', 'phonenumbers.type', 'phonenumbers.primary'],
  ...['phonenumbers.display'],
  ...['costcenter', 'division', 'manager'].map((name) => `${enterpriseSchema.toLowerCase()}:${name}`),
])

/** Whether an attribute is one that is let pass and not kept, or a part of one. */
export const isNotKept = (path: string): boolean => notKept.has(path) || notKept.has(path.replace(/\.[^.:]*$/, ''))
