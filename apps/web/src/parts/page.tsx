import type { ComponentChildren } from 'preact'
import { usePage } from './use-page.ts'

interface Props {
  title: string
  hasErrors?: boolean
  /** What stands above the H1: a way back, a message of success. */
  before?: ComponentChildren
  /** Whether it takes the whole width, for a table. */
  wide?: boolean
  children: ComponentChildren
}

/** One page: a title, an H1 that takes focus when the page is new, and what follows. */
export const Page = ({ title, hasErrors = false, before, wide = false, children }: Props) => {
  const heading = usePage(title, hasErrors)
  return (
    <div class="nhsuk-grid-row">
      <div class={wide ? 'nhsuk-grid-column-full' : 'nhsuk-grid-column-two-thirds'}>
        {before}
        <h1 class="nhsuk-heading-l" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </div>
  )
}
