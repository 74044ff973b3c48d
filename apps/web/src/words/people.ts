import type { DocumentKind, EvidencePart, ProfessionalBodyCode } from '@fobwatch/contracts'

/** Documents that prove who somebody is, in plain words. */
export const documentNames: Record<DocumentKind, string> = {
  passport: 'Passport',
  'driving-licence': 'Driving licence',
  'identity-card': 'National identity card',
  'residence-permit': 'Residence permit',
  'utility-bill': 'Gas, water or electricity bill',
  'bank-statement': 'Bank statement',
  'council-tax-bill': 'Council tax bill',
  'tax-letter': 'Letter about tax or benefits',
  'tenancy-agreement': 'Tenancy agreement',
  'birth-certificate': 'Birth certificate',
  'marriage-certificate': 'Marriage or civil partnership certificate',
  'registration-certificate': 'Certificate of a professional register',
  'degree-certificate': 'Degree or training certificate',
}

const photos: readonly DocumentKind[] = ['passport', 'driving-licence', 'identity-card', 'residence-permit']
const addresses: readonly DocumentKind[] = [
  'driving-licence',
  'utility-bill',
  'bank-statement',
  'council-tax-bill',
  'tax-letter',
  'tenancy-agreement',
]

/** Which documents can be which part of a proof. */
export const documentsFor: Record<EvidencePart, readonly DocumentKind[]> = {
  photo: photos,
  address: addresses,
  other: Object.keys(documentNames) as DocumentKind[],
}

/** Bodies that give people of health care a number. */
export const bodyNames: Record<ProfessionalBodyCode, string> = {
  gmc: 'General Medical Council (GMC)',
  gdc: 'General Dental Council (GDC)',
  nmc: 'Nursing and Midwifery Council (NMC)',
  gphc: 'General Pharmaceutical Council (GPhC)',
  rcn: 'Royal College of Nursing (RCN)',
  gmp: 'General medical practitioner number (GMP)',
  gdp: 'General dental practitioner number (GDP)',
  consultant: 'Consultant number',
}

/** How somebody was seen when they proved who they are. */
export const methodNames = { 'in-person': 'In person', video: 'On a video call' } as const

/** Why a profile is paused or closed. */
export const becauseWords: Readonly<Record<string, string>> = {
  leave: 'On long leave',
  concern: 'A security concern',
  other: 'Another reason',
  left: 'They left',
  died: 'They died',
  duplicate: 'They have another profile',
  mistake: 'The profile was made by mistake',
}

/** What somebody on file has in common with a new person. */
export const alikeWords: Readonly<Record<string, string>> = {
  'external-id': 'the same HR number',
  document: 'the same document',
  profession: 'the same registration',
  email: 'the same email address',
  name: 'the same name',
  'similar-name': 'a name that is much alike',
  'birth-date': 'the same date of birth',
  'similar-birth-date': 'a date of birth that is much alike',
}

/** A person's details, by what they are called in the API. */
export const fieldNames: Readonly<Record<string, string>> = {
  title: 'title',
  givenName: 'first name',
  middleNames: 'middle names',
  familyName: 'last name',
  birthDate: 'date of birth',
  email: 'work email',
  phone: 'phone number',
  externalId: 'HR number',
}
