import { type Setting, wholeNumber } from './setting.ts'

/** How often the keys change that tokens are signed with. */
export const signingKeySettings = {
  signingKeyDays: {
    name: 'FOBWATCH_SIGNING_KEY_DAYS',
    meaning: 'For how many days a key signs tokens before the next one does.',
    unset: '90',
    read: wholeNumber(7, 730, 90),
  } satisfies Setting<number>,
  signingKeyLeadHours: {
    name: 'FOBWATCH_SIGNING_KEY_LEAD_HOURS',
    meaning:
      'For how many hours a key is published before it signs. Longer than the applications keep what is published at /jwks.',
    unset: '48',
    read: wholeNumber(1, 120, 48),
  } satisfies Setting<number>,
} as const
