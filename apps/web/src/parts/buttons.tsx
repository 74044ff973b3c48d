import type { ComponentChildren, RefObject } from 'preact'
import { Link } from 'wouter-preact'

interface ButtonProps {
  children: ComponentChildren
  kind?: 'secondary' | 'warning' | undefined
  type?: 'button' | 'submit'
  /** Work is under way: the button stays where it is and can keep focus, but a press does nothing. */
  busy?: boolean
  onPress?: () => unknown
  buttonRef?: RefObject<HTMLButtonElement>
}

const classOf = (kind: string | undefined) => (kind ? `nhsuk-button nhsuk-button--${kind}` : 'nhsuk-button')

export const Button = ({ children, kind, type = 'button', busy = false, onPress, buttonRef }: ButtonProps) => (
  <button
    class={classOf(kind)}
    type={type}
    aria-disabled={busy ? 'true' : undefined}
    ref={buttonRef ?? null}
    onClick={() => {
      if (!busy) onPress?.()
    }}
  >
    {children}
  </button>
)

/** A link that looks like a button, to another of our pages. */
export const ButtonLink = ({
  href,
  kind,
  children,
}: {
  href: string
  kind?: 'secondary' | undefined
  children: ComponentChildren
}) => (
  <Link class={classOf(kind)} href={href} draggable={false}>
    {children}
  </Link>
)

/** A link that stands on a line of its own, tall enough to touch. */
export const LineLink = ({ href, children }: { href: string; children: ComponentChildren }) => (
  <p class="fobwatch-line">
    <Link class="fobwatch-line__link" href={href}>
      {children}
    </Link>
  </p>
)
