import type { ComponentChildren } from 'preact'

export interface Row {
  key: string
  value: ComponentChildren
  /** A link to where it can be changed. */
  action?: ComponentChildren
}

/** Facts in two columns. */
export const SummaryList = ({ rows, lastBorder = true }: { rows: readonly Row[]; lastBorder?: boolean }) => (
  <dl class={lastBorder ? 'nhsuk-summary-list' : 'nhsuk-summary-list nhsuk-summary-list--no-last-row-border'}>
    {rows.map(({ key, value, action }) => (
      <div class="nhsuk-summary-list__row" key={key}>
        <dt class="nhsuk-summary-list__key">{key}</dt>
        <dd class="nhsuk-summary-list__value">{value}</dd>
        {action && <dd class="nhsuk-summary-list__actions">{action}</dd>}
      </div>
    ))}
  </dl>
)
