/** A step of the life of a profile that the desk has a page for. */
export type StandingStep = 'pause' | 'start' | 'close' | 'reopen' | 'erase'

interface Words {
  title: (name: string) => string
  says: readonly string[]
  /** Reasons to choose from, in one word each. */
  because: readonly { value: string; label: string }[]
  note: 'none' | 'optional' | 'needed'
  button: string
  done: (name: string) => string
  doneSays: string
}

/** What the pages of each step say. */
export const standingWords: Record<StandingStep, Words> = {
  pause: {
    title: (name) => `Pause ${name}?`,
    says: [
      'They are logged out everywhere at once, and cannot log in until you start them again.',
      'They keep their devices, roles and links.',
    ],
    because: [
      { value: 'leave', label: 'They are on long leave' },
      { value: 'concern', label: 'There is a security concern' },
      { value: 'other', label: 'Another reason' },
    ],
    note: 'optional',
    button: 'Pause this person',
    done: (name) => `${name} is paused`,
    doneSays: 'They are logged out everywhere. Start them again when they are back.',
  },
  start: {
    title: (name) => `Start ${name} again?`,
    says: ['They can log in again with the devices that they have. Their roles are theirs again.'],
    because: [],
    note: 'optional',
    button: 'Start this person again',
    done: (name) => `${name} can log in again`,
    doneSays: 'They use the devices that they had.',
  },
  close: {
    title: (name) => `Close ${name}?`,
    says: [
      'Do this when somebody leaves. All of it happens at once:',
      '• they are logged out everywhere, and applications are told',
      '• their devices stop working for good, and so do links and codes that they were given',
      '• their roles and duties end, and open requests about them are cancelled',
    ],
    because: [
      { value: 'left', label: 'They left' },
      { value: 'died', label: 'They died' },
      { value: 'duplicate', label: 'They have another profile' },
      { value: 'mistake', label: 'The profile was made by mistake' },
    ],
    note: 'optional',
    button: 'Close this person',
    done: (name) => `${name} is closed`,
    doneSays: 'They are logged out everywhere, and what they set up does not log anybody in.',
  },
  reopen: {
    title: (name) => `Bring ${name} back?`,
    says: [
      'Only the profile comes back. They need a new link to set up a device, and new roles.',
      'Check who they are first, as you would for somebody new.',
    ],
    because: [],
    note: 'needed',
    button: 'Bring this person back',
    done: (name) => `${name} is back`,
    doneSays: 'They have no device and no role yet.',
  },
  erase: {
    title: (name) => `Erase ${name} for good?`,
    says: [
      'You cannot undo this. Their name, date of birth, contact details, documents and registrations are removed, and so is everything in the log that says who they were.',
      'What was done stays in the log, under a number that tells nobody who it was. Nobody else gets their user number.',
      'Copy all that is held about them first, if they asked for it.',
    ],
    because: [
      { value: 'asked', label: 'They asked us to' },
      { value: 'not-needed', label: 'We do not need it any more' },
      { value: 'mistake', label: 'They never worked here' },
    ],
    note: 'none',
    button: 'Erase this person for good',
    done: () => 'Everything personal is erased',
    doneSays: 'The user number stays taken.',
  },
}
