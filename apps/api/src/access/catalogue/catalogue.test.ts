import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tasks } from '../tasks.ts'
import { catalogueFiles, catalogueRows } from './catalogue.ts'

const rows = catalogueRows(catalogueFiles)

describe('the catalogue', () => {
  it('has codes in their national form, each once', () => {
    for (const { code } of rows.jobRoles) assert.match(code, /^S\d{4}:G\d{4}:R\d{4}$/)
    for (const { code } of rows.activities) assert.match(code, /^B\d{4}$/)
    for (const list of [rows.jobRoles, rows.activities, rows.duties])
      assert.equal(new Set(list.map(({ code }) => code)).size, list.length)
  })

  it('refers to nothing that it does not have', () => {
    const activities = new Set(rows.activities.map(({ code }) => code))
    const roles = new Set(rows.jobRoles.map(({ code }) => code))
    for (const { code, included } of rows.inclusions) assert.ok(activities.has(code) && activities.has(included))
    for (const { role, activity } of rows.baseline) assert.ok(roles.has(role) && activities.has(activity), role)
  })

  it('gives every job role a baseline', () => {
    assert.deepEqual(
      rows.jobRoles.filter(({ code }) => !rows.baseline.some(({ role }) => role === code)),
      [],
    )
  })

  it('lets only clinical roles view detailed health records', () => {
    const viewers = rows.baseline.filter(({ activity }) => activity === 'B0360').map(({ role }) => role.slice(-5))
    assert.deepEqual(viewers.toSorted(), ['R0260', 'R8000', 'R8001', 'R8003'])
  })

  // The table of section 3 of what CIS2 does: manager, advanced agent, agent, sponsor, ID checker, local administrator.
  const duties = ['manager', 'advanced-agent', 'agent', 'sponsor', 'id-checker', 'local-administrator']
  const table: Record<string, string> = {
    'find-person': 'yes yes yes yes yes yes',
    'create-person': 'yes yes yes - yes -',
    'change-details': 'yes yes yes by-request - -',
    'close-person': 'yes yes yes by-request - -',
    'issue-authenticator': 'yes yes yes - - -',
    'unlock-smartcard': 'yes yes yes yes - yes',
    'assign-position': 'yes yes yes opened-to-sponsors - -',
    'edit-positions': 'yes yes - - - -',
    'report-people': 'yes yes yes - own -',
    'report-requests': 'yes yes yes - own -',
    'report-authenticators': 'yes yes yes yes own -',
    'report-positions': 'yes yes yes yes own -',
    'report-sign-ins': 'yes yes yes - own -',
  }
  const allowed = (duty: string, task: string) =>
    rows.dutyTasks.find((each) => each.duty === duty && each.task === task)?.allowed ?? '-'

  for (const [task, line] of Object.entries(table)) {
    it(`allows ${task} to whom CIS2 allows it`, () => {
      assert.equal(duties.map((duty) => allowed(duty, task)).join(' '), line)
    })
  }

  const ours = {
    'erase-person': 'yes - - - - -',
    'give-duty': 'yes yes - - - -',
    'edit-organisations': 'yes - - - - -',
    'decide-requests': 'yes yes yes yes - -',
    'read-audit': 'yes - - - - -',
  }
  for (const [task, line] of Object.entries(ours)) {
    it(`allows ${task}, which is a task of our own, to those who answer for it`, () => {
      assert.equal(duties.map((duty) => allowed(duty, task)).join(' '), line)
    })
  }

  it('keeps the service operator and the registration authority apart, but for places and the log', () => {
    const operators = rows.dutyTasks.filter(({ duty }) => duty === 'service-operator').map(({ task }) => task)
    const shared = ['edit-organisations', 'read-audit']
    const alone = ['manage-clients', 'manage-keys', 'set-policy', 'manage-feeds', 'load-catalogue', 'export-audit']
    assert.deepEqual(operators, [...shared, ...alone])
    for (const task of alone) assert.equal(duties.map((duty) => allowed(duty, task)).join(''), '------')
  })

  it('knows no task that the service does not', () => {
    const known = new Set<string>(tasks)
    assert.deepEqual(
      rows.dutyTasks.filter(({ task }) => !known.has(task)),
      [],
    )
    assert.deepEqual(new Set(rows.dutyTasks.map(({ task }) => task)), known)
  })
})
