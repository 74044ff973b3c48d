import type { NewOrganisation, NewPosition } from '#access'
import type { ProfessionalMembership } from '#people'

/** Nobody and nothing here exists: neither the places nor the people, whose codes and names were made up. */
interface Place extends NewOrganisation {
  /** Code of the organisation that it is part of. */
  within?: string
}

export const places: readonly Place[] = [
  { code: 'ZZX01', name: 'Fernbrook Hospital (fictional)' },
  { code: 'ZZX02', name: 'Fernbrook Riverside Clinic (fictional)', within: 'ZZX01' },
  { code: 'ZZX03', name: 'Larkhill Care Home (fictional)' },
  { code: 'ZZX09', name: 'Fernbrook Sandbox (fictional)', within: 'ZZX01' },
]

export const workgroups = [
  { code: '555000000001', name: 'Fernbrook Ward 7 team', at: 'ZZX01' },
  { code: '555000000002', name: 'Larkhill residents team', at: 'ZZX03' },
] as const

interface DemonstrationPosition extends Omit<NewPosition, 'organisationId'> {
  /** Code of the organisation. */
  at: string
}

const acuteMedicine = { code: 'P0010:Q0020:T0030', name: 'Acute medicine' }

/** Positions by a key of this file's own. */
export const positions = {
  wardNurse: { at: 'ZZX01', name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001', workgroups: ['555000000001'] },
  wardSister: {
    at: 'ZZX01',
    name: 'Senior nurse, Ward 7',
    roleCode: 'S8000:G8000:R8001',
    activities: ['B0068', 'B0100'],
    workgroups: ['555000000001'],
    areaOfWork: acuteMedicine,
  },
  wardPractitioner: {
    at: 'ZZX01',
    name: 'Clinical practitioner, Ward 7',
    roleCode: 'S8000:G8000:R8000',
    activities: ['B0420'],
    areaOfWork: acuteMedicine,
  },
  student: { at: 'ZZX01', name: 'Student nurse', roleCode: 'S8000:G8000:R8004' },
  secretary: { at: 'ZZX01', name: 'Medical secretary, acute medicine', roleCode: 'S8000:G8001:R8006' },
  wardClerk: { at: 'ZZX01', name: 'Ward clerk, Ward 7', roleCode: 'S8001:G8002:R8008' },
  privacyOfficer: { at: 'ZZX01', name: 'Privacy officer', roleCode: 'S8002:G8003:R0001' },
  systemsSupport: { at: 'ZZX01', name: 'Systems support', roleCode: 'S8001:G8005:R8015' },
  registrationManager: { at: 'ZZX01', name: 'Registration authority manager', roleCode: 'S0080:G0450:R5080' },
  generalPractitioner: { at: 'ZZX02', name: 'General practitioner', roleCode: 'S0010:G0020:R0260' },
  homeNurse: {
    at: 'ZZX03',
    name: 'Nurse, residents',
    roleCode: 'S8000:G8000:R8001',
    workgroups: ['555000000002'],
  },
  outpatientsNurse: { at: 'ZZX02', name: 'Nurse, outpatients', roleCode: 'S8000:G8000:R8001' },
  vaccinationNurse: {
    at: 'ZZX02',
    name: 'Vaccination nurse',
    roleCode: 'S8000:G8000:R8001',
    activities: ['B0068'],
  },
  nightNurse: { at: 'ZZX03', name: 'Night nurse', roleCode: 'S8000:G8000:R8001', workgroups: ['555000000002'] },
  theatreNurse: { at: 'ZZX01', name: 'Nurse, theatres', roleCode: 'S8000:G8000:R8001' },
  homePhysiotherapist: { at: 'ZZX03', name: 'Physiotherapist', roleCode: 'S8000:G8000:R8003' },
  sandboxNurse: { at: 'ZZX09', name: 'Nurse', roleCode: 'S8000:G8000:R8001' },
  sandboxPractitioner: { at: 'ZZX09', name: 'Clinical practitioner', roleCode: 'S8000:G8000:R8000' },
  sandboxTherapist: { at: 'ZZX09', name: 'Physiotherapist', roleCode: 'S8000:G8000:R8003' },
  sandboxStudent: { at: 'ZZX09', name: 'Student nurse', roleCode: 'S8000:G8000:R8004' },
  sandboxSecretary: { at: 'ZZX09', name: 'Medical secretary', roleCode: 'S8000:G8001:R8006' },
  sandboxClerk: { at: 'ZZX09', name: 'Ward clerk', roleCode: 'S8001:G8002:R8008' },
  sandboxSystems: { at: 'ZZX09', name: 'Systems support', roleCode: 'S8001:G8005:R8015' },
} as const satisfies Record<string, DemonstrationPosition>

export type PositionKey = keyof typeof positions

interface Player {
  title: string
  givenName: string
  middleNames?: string
  familyName: string
  /** Before the @; people of the demonstration are known again by it. */
  mailbox: string
  /** What they are there to show, for whoever chooses whom to be. */
  job: string
  /** Code of the organisation that employs them. */
  at: string
  positions: readonly PositionKey[]
  /** How well their identity was proved, where not as well as can be: one agent alone gives such people a link. */
  identityLevel?: 2
  /** Numbers that no register ever gave. */
  registrations?: readonly ProfessionalMembership[]
}

const nmc = (number: string): ProfessionalMembership => ({ body: 'nmc', number })
const rcn = (number: string): ProfessionalMembership => ({ body: 'rcn', number })
const practitioner: readonly ProfessionalMembership[] = [
  { body: 'gmc', number: 'TEST0001' },
  { body: 'gmp', number: 'TESTG0001' },
]

/** Whoever tries the demonstration makes this person the first manager, by a command. */
export const managerToBe = 'yusra.wintergreen'

// biome-ignore format: a table is read by its columns
export const players: readonly Player[] = [
  { title: 'Ms', givenName: 'Ngozi', familyName: 'Fairweather', mailbox: 'ngozi.fairweather', job: 'nurse', at: 'ZZX01', positions: ['wardNurse'], registrations: [nmc('TEST0001N')] },
  { title: 'Mrs', givenName: 'Edith', middleNames: 'May', familyName: 'Applegarth', mailbox: 'edith.applegarth', job: 'senior nurse', at: 'ZZX01', positions: ['wardSister'], registrations: [nmc('TEST0002N'), rcn('TEST0001R')] },
  { title: 'Mr', givenName: 'Tomasz', familyName: 'Hollowell', mailbox: 'tomasz.hollowell', job: 'clinical practitioner', at: 'ZZX01', positions: ['wardPractitioner'], identityLevel: 2 },
  { title: 'Dr', givenName: 'Priya', familyName: 'Larkspur', mailbox: 'priya.larkspur', job: 'general practitioner', at: 'ZZX02', positions: ['generalPractitioner'], registrations: practitioner },
  { title: 'Ms', givenName: 'Mei-Ling', familyName: 'Ashgrove', mailbox: 'mei-ling.ashgrove', job: 'nurse in two places', at: 'ZZX01', positions: ['wardNurse', 'homeNurse'], registrations: [nmc('TEST0003N')] },
  { title: 'Mr', givenName: 'Oisín', familyName: 'Pennyroyal', mailbox: 'oisin.pennyroyal', job: 'healthcare student', at: 'ZZX01', positions: ['student'], identityLevel: 2 },
  { title: 'Mr', givenName: 'Callum', familyName: 'Thistlewood', mailbox: 'callum.thistlewood', job: 'medical secretary', at: 'ZZX01', positions: ['secretary'], identityLevel: 2 },
  { title: 'Ms', givenName: 'Zainab', familyName: 'Merrifield', mailbox: 'zainab.merrifield', job: 'ward clerk', at: 'ZZX01', positions: ['wardClerk'], identityLevel: 2 },
  { title: 'Ms', givenName: 'Beatrix', familyName: 'Ambleforth', mailbox: 'beatrix.ambleforth', job: 'privacy officer', at: 'ZZX01', positions: ['privacyOfficer'] },
  { title: 'Mr', givenName: 'Desmond', familyName: 'Quillfeather', mailbox: 'desmond.quillfeather', job: 'systems support', at: 'ZZX01', positions: ['systemsSupport'] },
  { title: 'Mx', givenName: 'Sanjay', familyName: 'Millbrook', mailbox: 'sanjay.millbrook', job: 'physiotherapist at Larkhill', at: 'ZZX03', positions: ['homePhysiotherapist'], identityLevel: 2 },
  { title: 'Ms', givenName: 'Amara', familyName: 'Honeybourne', mailbox: 'amara.honeybourne', job: 'bank nurse in six places', at: 'ZZX01', positions: ['wardNurse', 'theatreNurse', 'outpatientsNurse', 'vaccinationNurse', 'homeNurse', 'nightNurse'], registrations: [nmc('TEST0004N')] },
  { title: 'Mr', givenName: 'Rhodri', familyName: 'Fennimoor', mailbox: 'rhodri.fennimoor', job: 'no role at first', at: 'ZZX01', positions: [], identityLevel: 2 },
  { title: 'Ms', givenName: 'Yusra', familyName: 'Wintergreen', mailbox: managerToBe, job: 'registration authority manager', at: 'ZZX01', positions: ['registrationManager'] },
]

/** A reserved domain (RFC 2606), so that no mail of the demonstration ever reaches anyone. */
export const emailOf = ({ mailbox }: Pick<Player, 'mailbox'>): string => `${mailbox}@fernbrook.example`
