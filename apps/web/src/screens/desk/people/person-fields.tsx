import { DateField } from '../../../parts/date-field.tsx'
import { type FieldError, TextField } from '../../../parts/fields.tsx'
import { dayOf, isWhole } from '../../../words/birth-dates.ts'
import { type DayTyped, isBlank, noDay } from '../../../words/days.ts'

/** What tells who somebody is, as it is typed. */
export interface Typed {
  title: string
  givenName: string
  middleNames: string
  familyName: string
  birth: DayTyped
  email: string
  phone: string
}

export const nothingTyped: Typed = {
  ...{ title: '', givenName: '', middleNames: '', familyName: '', birth: noDay },
  ...{ email: '', phone: '' },
}

const trimmed = (text: string) => text.trim().replace(/\s+/g, ' ')
const orNull = (text: string) => trimmed(text) || null

/** What was typed, as the API takes it. */
export const detailsOf = (typed: Typed) => ({
  ...{ title: orNull(typed.title), givenName: trimmed(typed.givenName), middleNames: orNull(typed.middleNames) },
  ...{ familyName: trimmed(typed.familyName), birthDate: dayOf(typed.birth) ?? null },
  ...{ email: orNull(typed.email), phone: orNull(typed.phone) },
})

const birthFault = (birth: DayTyped) =>
  isWhole(birth) ? 'This date does not exist. Check the day and the month' : 'Enter a date of birth, such as 27 3 1987'

/** What is missing or cannot be. */
export const nameErrors = (typed: Typed, needsBirth: boolean): FieldError[] => [
  ...(trimmed(typed.givenName) ? [] : [{ field: 'givenName', message: 'Enter a first name' }]),
  ...(trimmed(typed.familyName) ? [] : [{ field: 'familyName', message: 'Enter a last name' }]),
  ...((needsBirth || !isBlank(typed.birth)) && !dayOf(typed.birth)
    ? [{ field: 'birth', message: birthFault(typed.birth) }]
    : []),
]

const address = /^[^\s@<>"]+@[^\s@<>"]+$/
const phoneNumber = /^\+?[0-9 ()-]{5,24}( ?x[0-9]{1,6})?$/

export const contactErrors = ({ email, phone }: Typed): FieldError[] => [
  ...(email.trim() && !address.test(email.trim())
    ? [{ field: 'email', message: 'Enter an email address, such as name@example.com' }]
    : []),
  ...(phone.trim() && !phoneNumber.test(phone.trim())
    ? [{ field: 'phone', message: 'Enter a phone number, such as 0113 496 0000' }]
    : []),
]

interface Props {
  typed: Typed
  errors: readonly FieldError[]
  onType: (typed: Typed) => void
}

type TextName = Exclude<keyof Typed, 'birth'>

const textField = ({ typed, errors, onType }: Props) =>
  function Text({ name, label, hint }: { name: TextName; label: string; hint?: string }) {
    return (
      <TextField
        id={name}
        label={label}
        {...(hint && { hint })}
        value={typed[name]}
        error={errors.find(({ field }) => field === name)}
        onInput={(value) => onType({ ...typed, [name]: value })}
      />
    )
  }

/** The fields of a name and a date of birth. */
export const NameFields = (props: Props) => {
  const text = textField(props)
  const { typed, errors, onType } = props
  return (
    <>
      {text({ name: 'title', label: 'Title (optional)', hint: 'Such as Dr or Ms.' })}
      {text({ name: 'givenName', label: 'First name' })}
      {text({ name: 'middleNames', label: 'Middle names (optional)' })}
      {text({ name: 'familyName', label: 'Last name' })}
      <DateField
        id="birth"
        legend="Date of birth"
        hint="For example, 27 3 1987"
        value={typed.birth}
        error={errors.find(({ field }) => field === 'birth')}
        onChange={(birth) => onType({ ...typed, birth })}
      />
    </>
  )
}

/** The fields of how somebody is reached. */
export const ContactFields = (props: Props) => {
  const text = textField(props)
  return (
    <>
      {text({ name: 'email', label: 'Work email (optional)', hint: 'We tell them there when a device is added.' })}
      {text({ name: 'phone', label: 'Phone (optional)' })}
    </>
  )
}
