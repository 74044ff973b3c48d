import type { Authenticator } from '@fobwatch/contracts'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

type Kind = Authenticator['kind']

/** Drawn in a square of 32, in lines of 2. */
const drawings: Record<Kind, ComponentChildren> = {
  phone: (
    <>
      <rect x="9" y="3" width="14" height="26" rx="3" />
      <path d="M14 24h4" />
    </>
  ),
  tablet: (
    <>
      <rect x="5" y="3" width="22" height="26" rx="3" />
      <path d="M14 24h4" />
    </>
  ),
  computer: (
    <>
      <rect x="5" y="6" width="22" height="15" rx="2" />
      <path d="M2 26h28" />
    </>
  ),
  'security-key': (
    <>
      <rect x="9" y="3" width="14" height="18" rx="3" />
      <path d="M12 21v8h8v-8" />
      <circle cx="16" cy="12" r="3" />
    </>
  ),
  smartcard: (
    <>
      <rect x="3" y="7" width="26" height="18" rx="3" />
      <rect x="7" y="12" width="7" height="6" rx="1" />
      <path d="M18 21h7" />
    </>
  ),
  passkey: (
    <>
      <circle cx="11" cy="11" r="7" />
      <path d="M16 16l12 12M23 23l4-4" />
    </>
  ),
}

/**
 * A picture beside the name of a way to log in: of its model, where its maker publishes one, or of its kind. It says
 * nothing that the words beside it do not.
 */
export const WayIcon = ({ way: { kind, icon } }: { way: Pick<Authenticator, 'kind' | 'icon'> }) => {
  const [isMissing, setMissing] = useState(false)
  if (icon && !isMissing) return <img class="fobwatch-way-icon" src={icon} alt="" onError={() => setMissing(true)} />
  return (
    <svg class="fobwatch-way-icon" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      {drawings[kind]}
    </svg>
  )
}
