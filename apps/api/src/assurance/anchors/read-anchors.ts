import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { ListedAnchor } from '../store.ts'
import { certificateReader } from '../trust/certificate.ts'

/** An anchor, and what its certificate says of itself. */
export interface ReadAnchor extends ListedAnchor {
  subject: string
  notAfter: Date
}

/** The anchors there are, the oldest first. */
export const readAnchors =
  ({ store }: Pick<Deps, 'store'>) =>
  async (tx?: Transaction): Promise<ReadAnchor[]> => {
    const readCertificate = await certificateReader()
    return (await store.anchors(tx)).map((anchor) => {
      const { subject, notAfter } = readCertificate(Buffer.from(anchor.certificate))
      return { ...anchor, subject, notAfter }
    })
  }
