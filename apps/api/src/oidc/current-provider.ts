import type { Provider } from 'oidc-provider'
import type { Signer } from '#keys'

/** A provider and the way into it. */
interface Current {
  provider: Provider
  handle: ReturnType<Provider['callback']>
}

/**
 * The provider of the moment. The library takes its keys once, when it is made, so that another is made when the keys are
 * others by now: every few weeks, in some milliseconds. Requests under way end with the one that they began with.
 * @param signers all keys that are published now, those that sign first; the same array until it changes
 */
export const currentProvider = (
  signers: () => readonly Signer[],
  make: (signers: readonly Signer[]) => Provider,
): (() => Current) => {
  let made: (Current & { of: readonly Signer[] }) | undefined
  return () => {
    const now = signers()
    if (made?.of === now) return made
    const provider = make(now)
    made = { of: now, provider, handle: provider.callback() }
    return made
  }
}
