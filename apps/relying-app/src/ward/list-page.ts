import {
  checkInWords,
  type Html,
  html,
  inset,
  type Page,
  type Person,
  roleInWords,
  tag,
  type Visitor,
} from '../pages/index.ts'
import type { PatientSummary } from './patients.ts'
import { opensRecords, WARD } from './rules.ts'

const HEADINGS = ['Name', 'Bed', 'Date of birth', 'Number'] as const

/** The ward list, with who is looking at it and in which role. */
export const listPage = (visitor: Visitor, patients: readonly PatientSummary[]): Page => ({
  heading: `Patients on ${WARD.name}`,
  visitor,
  wide: true,
  content: html`
    ${whoYouAre(visitor.person)}
    ${inset(html`<p>Nobody on this list exists. The names are made up. The numbers begin with 999 000 and fail the check that a real NHS number passes.</p>`)}
    ${!opensRecords(visitor.person.role) && html`<p>Your role shows this list, but does not open records.</p>`}
    <table role="table" class="nhsuk-table nhsuk-table--responsive">
      <caption class="nhsuk-table__caption nhsuk-u-visually-hidden">Patients on ${WARD.name}</caption>
      <thead class="nhsuk-table__head" role="rowgroup"><tr class="nhsuk-table__row" role="row">
        ${HEADINGS.map((name) => html`<th class="nhsuk-table__header" role="columnheader" scope="col">${name}</th>`)}
      </tr></thead>
      <tbody class="nhsuk-table__body" role="rowgroup">${patients.map(row)}</tbody>
    </table>`,
})

const whoYouAre = ({ name, role, checkLevel }: Person) => html`
  <p>You are ${name}${role && html`, working as ${roleInWords(role)}`}. ${checkInWords(checkLevel)}.
  <a href="/about-you">See what Fobwatch told us about you</a>.</p>`

const row = ({ id, name, bed, born, number, sensitive }: PatientSummary) => html`
  <tr class="nhsuk-table__row" role="row">
    ${cell(0, html`<a href="/patients/${id}">${name}</a> ${sensitive && tag('Sensitive')}`)}${cell(1, bed)}${cell(2, born)}${cell(3, number)}
  </tr>`

/** On a narrow screen a row stands as a list, and each value has its heading before it. */
const cell = (column: number, value: string | Html) => html`
  <td class="nhsuk-table__cell" role="cell"><span class="nhsuk-table__heading" aria-hidden="true">${HEADINGS[column]} </span><span>${value}</span></td>`
