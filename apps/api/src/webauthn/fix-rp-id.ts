import type { WebauthnStore } from './store.ts'

interface Deps {
  store: WebauthnStore
  relyingParty: { rpId: string }
}

/**
 * Fixes the RP ID of this installation at its first start. Every passkey is bound to it for good (WebAuthn L3 §6.5.2),
 * so that under another one each of them would stop working.
 * @throws Error, a sentence for whoever starts the service, when another RP ID is fixed
 */
export const fixRpId =
  ({ store, relyingParty: { rpId } }: Deps) =>
  async (): Promise<void> => {
    const fixed = await store.fixRpId(rpId)
    if (fixed === rpId) return
    throw new Error(
      `This installation was set up with the RP ID ${fixed}, and is now told to use ${rpId}. ` +
        `No passkey that was set up so far would work any more, and everyone would need a new set-up link. ` +
        `Set FOBWATCH_RP_ID to ${fixed}, or use another database.`,
    )
  }
