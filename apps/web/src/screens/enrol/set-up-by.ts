import type { CreationOptions, Enrolled, FinishWithPass, Invitation } from '@fobwatch/contracts'
import { call } from '../../api.ts'

/** What a device is set up by: the code of a link or one that was typed in, or the temporary pass of this browser. */
export interface SetUpBy {
  /** What the page calls it, at the start of a sentence. */
  called: string
  /** Whether its time began anew when it was typed in. */
  typed: boolean
  show: () => Promise<Invitation>
  begin: () => Promise<CreationOptions>
  finish: (answer: FinishWithPass) => Promise<Enrolled>
}

/** @param typed whether it came by typing in what the desk read aloud, and not by a link */
export const byCode = (code: string, typed: boolean): SetUpBy => ({
  called: typed ? 'This code' : 'This link',
  typed,
  show: () => call('POST /api/enrolment/invitation', { code }),
  begin: () => call('POST /api/enrolment/options', { code }),
  finish: (answer) => call('POST /api/enrolment', { ...answer, code }),
})

export const byPass: SetUpBy = {
  called: 'This pass',
  typed: true,
  show: () => call('GET /api/enrolment/pass', {}),
  begin: () => call('POST /api/enrolment/pass/options', {}),
  finish: (answer) => call('POST /api/enrolment/pass', answer),
}
