import type { Role } from '@fobwatch/token-verifier'
import { backLink, buttonLink, changeRolePath, html, type Page, roleInWords, type Visitor } from '../pages/index.ts'
import { OPENS_RECORDS, WARD } from './rules.ts'

/** For someone whose role shows the list but opens no record. */
export const wrongRolePage = (visitor: Visitor, role: Role): Page => ({
  heading: 'This role does not open patient records',
  visitor,
  before: backLink('Go back to the ward list', '/'),
  content: html`
    <p>You are working as ${roleInWords(role)}.</p>
    <p>Records are for roles that may do “${OPENS_RECORDS.name}” (${OPENS_RECORDS.code}).</p>
    <p>Select <strong>Change role</strong> if you have another one. If you need the role, ask the desk for it.</p>
    ${buttonLink('Change role', changeRolePath(visitor.path))}`,
})

/** For someone whose role is at another place. */
export const wrongPlacePage = (visitor: Visitor, role: Role): Page => ({
  heading: `This role does not open ${WARD.name}`,
  visitor,
  content: html`
    <p>You are working as ${roleInWords(role)}.</p>
    <p>${WARD.name} is for people who work at ${WARD.hospital}.</p>
    <p>Select <strong>Change role</strong> if you have a role there. If you need one, ask the desk for it.</p>
    ${buttonLink('Change role', changeRolePath(visitor.path))}`,
})

/** For someone who was let in, and has no role to see patients in. */
export const noRolePage = (visitor: Visitor): Page => ({
  heading: 'You have no role yet',
  visitor,
  content: html`
    <p>You are logged in, but the desk has not given you a role. Patients are shown to people with a role.</p>
    <p>Call the desk. Say which job you do and where. When you have a role, select <strong>Change role</strong>.</p>
    <p><a href="/about-you">See what Fobwatch told us about you</a>.</p>
    ${buttonLink('Change role', changeRolePath(visitor.path))}`,
})
