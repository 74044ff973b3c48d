import type { WayOut } from '../words/troubles.ts'
import { ButtonLink } from './buttons.tsx'
import { CopyButton } from './copy-button.tsx'

const Way = ({ way, kind }: { way: WayOut; kind: 'secondary' | undefined }) => {
  if (way === 'copy-address')
    return <CopyButton label="Copy the address" text={location.href} done="The address is copied." />
  if (way === 'home')
    return (
      <ButtonLink href="/" kind={kind}>
        Go to Fobwatch
      </ButtonLink>
    )
  return (
    <ButtonLink href="/sign-in/fobwatch" kind={kind}>
      Log in
    </ButtonLink>
  )
}

interface Props {
  ways: readonly WayOut[] | undefined
  /** Whether one of them is the main button of the page. */
  main?: boolean
}

/** What the person can do about a trouble, as buttons. */
export const WaysOut = ({ ways, main = false }: Props) => (
  <>
    {ways?.map((way) => (
      <Way key={way} way={way} kind={main ? undefined : 'secondary'} />
    ))}
  </>
)
