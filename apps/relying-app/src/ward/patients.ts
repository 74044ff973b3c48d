/** As much of a patient as the list shows. */
export type PatientSummary = {
  id: string
  name: string
  bed: string
  born: string
  number: string
  /** Whether the record opens only to whoever logged in with a strong check. */
  sensitive: boolean
}

/** All that we hold. */
export type PatientRecord = PatientSummary & { reason: string; allergies: string; medicines: string; today: string }

/**
 * The ward. Nobody here exists: the names are made up, and the numbers fail the check that a real NHS number passes.
 */
export const PATIENTS: readonly PatientRecord[] = [
  {
    id: 'w7-01',
    name: 'Mabel Fictional',
    bed: 'Bay A, bed 1',
    born: '4 March 1941',
    number: '999 000 0001',
    reason: 'A new hip, two days ago',
    allergies: 'Penicillin',
    medicines: 'Paracetamol, four times a day',
    today: 'Walked to the window and back with a frame. Sleeping well.',
    sensitive: false,
  },
  {
    id: 'w7-02',
    name: 'Arthur Madeup',
    bed: 'Bay A, bed 2',
    born: '19 July 1956',
    number: '999 000 0002',
    reason: 'A chest infection',
    allergies: 'None known',
    medicines: 'Doxycycline, once a day',
    today: 'Temperature down. Oxygen stopped at breakfast.',
    sensitive: false,
  },
  {
    id: 'w7-03',
    name: 'Nora Invented',
    bed: 'Bay A, bed 3',
    born: '30 November 1989',
    number: '999 000 0003',
    reason: 'Appendix taken out yesterday',
    allergies: 'Latex',
    medicines: 'Ibuprofen, three times a day with food',
    today: 'Eating and drinking. Wound dry. May go home tomorrow.',
    sensitive: false,
  },
  {
    id: 'w7-04',
    name: 'Percy Pretend',
    bed: 'Bay A, bed 4',
    born: '8 January 1948',
    number: '999 000 0004',
    reason: 'A fall at home',
    allergies: 'None known',
    medicines: 'Amlodipine, once a day',
    today: 'No break on the X-ray. Waiting for a visit from the falls team.',
    sensitive: false,
  },
  {
    id: 'w7-05',
    name: 'Olive Storybook',
    bed: 'Bay B, bed 1',
    born: '22 May 1973',
    number: '999 000 0005',
    reason: 'Diabetes, sugar too high',
    allergies: 'Strawberries',
    medicines: 'Insulin, by the chart',
    today: 'Sugar steady since midnight. Seen by the diabetes nurse.',
    sensitive: false,
  },
  {
    id: 'w7-06',
    name: 'Desmond Imaginary',
    bed: 'Bay B, bed 2',
    born: '2 September 1962',
    number: '999 000 0006',
    reason: 'An irregular heartbeat',
    allergies: 'Aspirin',
    medicines: 'Bisoprolol, once a day',
    today: 'Heart rate 78 and regular. Monitor stays on until the evening.',
    sensitive: false,
  },
  {
    id: 'w7-07',
    name: 'Winnie Makebelieve',
    bed: 'Bay B, bed 3',
    born: '11 June 1935',
    number: '999 000 0007',
    reason: 'Waiting for a place in a care home',
    allergies: 'None known',
    medicines: 'Calcium with vitamin D, once a day',
    today: 'Cheerful. Enjoyed the choir. Daughter visits at 3pm.',
    sensitive: false,
  },
  {
    id: 'w7-08',
    name: 'Horace Neverwas',
    bed: 'Side room 1',
    born: '27 February 1950',
    number: '999 000 0008',
    reason: 'A stomach bug',
    allergies: 'Codeine',
    medicines: 'Fluids only',
    today: 'Kept down soup. Stays in the side room until Friday. He works at this hospital: keep his stay to yourself.',
    sensitive: true,
  },
]

/** A patient without what only a record shows. */
export const summaryOf = ({ id, name, bed, born, number, sensitive }: PatientRecord): PatientSummary => ({
  id,
  name,
  bed,
  born,
  number,
  sensitive,
})
