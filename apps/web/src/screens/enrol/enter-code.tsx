import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../api.ts'
import { remember } from '../../memory.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError, Form, TextField } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { asTrouble } from '../../trouble.ts'
import type { About } from '../../words/troubles.ts'
import { faultOfCode, faultOfStaffId, withoutGaps } from './code-fields.ts'

const wrong: FieldError = {
  field: 'code',
  message: 'This user number and code do not go together. Check both, or ask the desk for a new code',
}

const about: About = { doing: 'type-code', device: 'device', button: 'Continue' }

/** Takes the code that the desk reads aloud, or a temporary pass, together with the user number that it is for. */
export const EnterCode = () => {
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [, navigate] = useLocation()
  const task = useTask()

  const enter = () => {
    const faults = [faultOfStaffId(staffId), faultOfCode(code)].filter((fault) => fault !== undefined)
    setErrors(faults)
    if (faults.length > 0) return
    return task.run(async () => {
      try {
        const typed = { staffId: withoutGaps(staffId), code: withoutGaps(code) }
        const entered = await call('POST /api/enrolment/code', typed)
        if (!entered.code) return navigate('/enrol/pass', { replace: true })
        remember('set-up-code', entered.code)
        remember('set-up-typed', 'yes')
        navigate('/enrol', { replace: true })
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'code_unknown') throw thrown
        setErrors([wrong])
      }
    })
  }
  const errorOf = (field: string) => errors.find((error) => error.field === field)
  if (task.trouble) return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title="Enter your code" hasErrors={errors.length > 0} before={<ErrorsSummary errors={errors} />}>
      <p>The desk gives you a code to set up a device. It works for a short time, and once.</p>
      <Form onSubmit={enter}>
        <TextField
          id="staff-id"
          label="Your user number"
          hint="12 digits. The desk can tell you what it is."
          value={staffId}
          error={errorOf('staff-id')}
          onInput={setStaffId}
        />
        <TextField
          id="code"
          label="Code"
          hint="8 letters and numbers, such as CDFH 3479."
          value={code}
          error={errorOf('code')}
          onInput={setCode}
        />
        <Button type="submit" busy={task.busy}>
          Continue
        </Button>
      </Form>
      <p>The desk reads you a code. It never asks you to tell it one. Type it in on this page only.</p>
      <LineLink href="/sign-in/fobwatch">Go back to log in</LineLink>
    </Page>
  )
}
