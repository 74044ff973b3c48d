import { Form } from '../../parts/fields.tsx'

interface Props {
  /** Whom the application expects. */
  hint: string | null
  onEnter: () => unknown
}

/**
 * The field in whose suggestions a browser offers passkeys (WebAuthn L3 §5.1.4, conditional mediation). What is typed
 * in it goes nowhere: it has no name, and its form is never sent.
 */
export const AutofillField = ({ hint, onEnter }: Props) => (
  <Form onSubmit={() => onEnter()}>
    <div class="nhsuk-form-group">
      <label class="nhsuk-label" for="work-email">
        Work email
      </label>
      <div class="nhsuk-hint" id="work-email-hint">
        Select this box, and your browser may offer to log you in. You do not need to type.
      </div>
      <input
        class="nhsuk-input"
        id="work-email"
        type="text"
        defaultValue={hint ?? ''}
        inputMode="email"
        autocomplete="username webauthn"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby="work-email-hint"
      />
    </div>
  </Form>
)
