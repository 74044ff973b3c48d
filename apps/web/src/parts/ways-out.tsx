import type { WayOut } from '../words/troubles.ts'
import { ButtonLink } from './buttons.tsx'
import { CopyButton } from './copy-button.tsx'

const Way = ({ way }: { way: WayOut }) => {
  if (way === 'copy-address')
    return <CopyButton label="Copy the address" text={location.href} done="The address is copied." />
  if (way === 'home')
    return (
      <ButtonLink href="/" kind="secondary">
        Go to Fobwatch
      </ButtonLink>
    )
  return (
    <ButtonLink href="/sign-in/fobwatch" kind="secondary">
      Log in
    </ButtonLink>
  )
}

/** What the person can do about a trouble, as buttons. */
export const WaysOut = ({ ways }: { ways: readonly WayOut[] | undefined }) => (
  <>
    {ways?.map((way) => (
      <Way key={way} way={way} />
    ))}
  </>
)
