/** A part of the desk, and the tasks of which one at least opens it. */
export interface Area {
  href: string
  label: string
  says: string
  tasks: readonly string[]
}

/** The parts of the desk, in the order in which they stand in its navigation. */
export const areas: readonly Area[] = [
  {
    href: '/desk/requests',
    label: 'Requests',
    says: 'What others ask for, and what you asked for.',
    tasks: ['decide-requests', 'export-audit', 'manage-clients', 'change-details'],
  },
  {
    href: '/desk/work',
    label: 'Work to do',
    says: 'Roles that end soon, lost devices, new starters.',
    tasks: ['assign-position', 'issue-authenticator'],
  },
  {
    href: '/desk/positions',
    label: 'Positions',
    says: 'The roles of your organisations, and who has them.',
    tasks: ['assign-position', 'edit-positions', 'load-catalogue'],
  },
  {
    href: '/desk/organisations',
    label: 'Organisations',
    says: 'Your organisations, and those below them.',
    tasks: ['edit-organisations', 'find-person'],
  },
  { href: '/desk/import', label: 'Bring in staff', says: 'Add many people from a file.', tasks: ['create-person'] },
  {
    href: '/desk/reports',
    label: 'Reports',
    says: 'Who is here, with what, and how they log in.',
    tasks: ['report-people', 'report-authenticators', 'report-positions', 'report-requests', 'report-sign-ins'],
  },
  {
    href: '/desk/policies',
    label: 'Rules for logging in',
    says: 'Which devices may be used, where.',
    tasks: ['set-policy'],
  },
  { href: '/desk/applications', label: 'Applications', says: 'What people log in to.', tasks: ['manage-clients'] },
  {
    href: '/desk/audit',
    label: 'Log',
    says: 'Everything that was done, and by whom.',
    tasks: ['read-audit', 'export-audit'],
  },
]

/** Whether somebody's tasks open a part of the desk. */
export const isOpen = ({ tasks }: Pick<Area, 'tasks'>, allowed: readonly string[]): boolean =>
  tasks.some((task) => allowed.includes(task))
