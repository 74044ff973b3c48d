import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Trouble } from '../trouble.ts'
import type { TroubleWords } from '../words/troubles.ts'
import { announce } from './announcer.tsx'
import { ReasonList, Words } from './words.tsx'

interface Props {
  words: TroubleWords
  /** Which trouble this is: the same words for a new trouble are said again. Without it, nothing is said. */
  trouble?: Trouble | undefined
  children?: ComponentChildren
}

const Text = ({ words, children }: Props) => (
  <>
    <p>{words.happened}</p>
    <ReasonList reasons={words.list} />
    <p>
      <Words text={words.whatNow} />
    </p>
    {children}
  </>
)

/**
 * What went wrong, above the button. A closed box is inset text, said by the live region while focus stays on the
 * button; anything else is a warning whose heading takes focus. One way of announcing, never both.
 */
export const TroubleNote = ({ words, trouble, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  // Each trouble is announced once.
  useEffect(() => {
    if (!trouble) return
    if (words.shape === 'closed') announce(`${words.title}. ${words.happened} ${words.whatNow}`)
    else heading.current?.focus()
  }, [trouble])

  if (words.shape === 'closed')
    return (
      <div class="nhsuk-inset-text">
        <h2 class="nhsuk-heading-s">{words.title}</h2>
        <Text words={words}>{children}</Text>
      </div>
    )
  return (
    <div class="nhsuk-card nhsuk-card--warning">
      <div class="nhsuk-card__content">
        <h2 class="nhsuk-card__heading" ref={heading} tabIndex={-1}>
          <span class="nhsuk-u-visually-hidden">Important: </span>
          {words.title}
        </h2>
        <Text words={words}>{children}</Text>
      </div>
    </div>
  )
}
