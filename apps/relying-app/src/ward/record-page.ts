import { backLink, html, inset, type Page, summaryList, type Visitor } from '../pages/index.ts'
import type { PatientRecord } from './patients.ts'

/** The record of one patient. */
export const recordPage = (visitor: Visitor, patient: PatientRecord): Page => ({
  heading: patient.name,
  visitor,
  before: backLink('Go back to the ward list', '/'),
  content: html`
    ${summaryList([
      ['Bed', patient.bed],
      ['Date of birth', patient.born],
      ['Number', patient.number],
      ['Reason for stay', patient.reason],
      ['Allergies', patient.allergies],
      ['Medicines', patient.medicines],
      ['Today', patient.today],
    ])}
    ${inset(html`<p>${patient.name} does not exist. Nothing here is about a real person.</p>`)}`,
})
