import { LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'

const advice = [
  {
    summary: 'I lost my device',
    lines: [
      'If you have another way to log in, use it. Then select “Your ways to log in” and report the lost one.',
      'If not, call the desk now, so that nobody else can use it. They check who you are and give you a new link.',
    ],
  },
  {
    summary: 'My device does not work',
    lines: [
      'Unlock the phone, put the security key in again, or plug in the laptop. Then try again.',
      'An old security key without a PIN or fingerprint cannot be used. Ask the desk for a security key that works here.',
      'If it still does not work, use another way to log in or call the desk.',
    ],
  },
  {
    summary: 'I have a new device',
    lines: [
      'If you still have the old one, log in with it. Then select “Your ways to log in” and add the new one.',
      'If not, ask the desk for a set-up link.',
    ],
  },
]

/** The way back in, for people who are locked out. */
export const Help = () => (
  <Page title="Help to log in">
    {advice.map(({ summary, lines }) => (
      <details class="nhsuk-details" key={summary}>
        <summary class="nhsuk-details__summary">
          <span class="nhsuk-details__summary-text">{summary}</span>
        </summary>
        <div class="nhsuk-details__text">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </details>
    ))}
    <LineLink href="/enrol/code">I have a code from the desk</LineLink>
    <p>The registration authority desk can always get you back in. Call them, or visit.</p>
    <LineLink href={location.pathname}>Go back</LineLink>
  </Page>
)
