import type { CreationOptions, Enrolled, FinishWithPass, Invitation } from '@fobwatch/contracts'
import { call } from '../../api.ts'

/** What a device is set up by: the code of a link, or the temporary pass of this browser. */
export interface SetUpBy {
  /** What the page calls it, at the start of a sentence. */
  called: string
  show: () => Promise<Invitation>
  begin: () => Promise<CreationOptions>
  finish: (answer: FinishWithPass) => Promise<Enrolled>
}

export const byCode = (code: string): SetUpBy => ({
  called: 'This link',
  show: () => call('POST /api/enrolment/invitation', { code }),
  begin: () => call('POST /api/enrolment/options', { code }),
  finish: (answer) => call('POST /api/enrolment', { ...answer, code }),
})

export const byPass: SetUpBy = {
  called: 'This pass',
  show: () => call('GET /api/enrolment/pass', {}),
  begin: () => call('POST /api/enrolment/pass/options', {}),
  finish: (answer) => call('POST /api/enrolment/pass', answer),
}
