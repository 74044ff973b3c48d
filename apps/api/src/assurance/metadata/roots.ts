import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'

/** GlobalSign Root CA - R3, under which the FIDO Alliance has its signer's certificate (FIDO Metadata Service v3 §3.1.7). */
const fingerprint = 'CB:B5:22:D7:B7:F1:27:AD:6A:01:13:86:5B:DF:1C:D4:10:2E:7D:07:59:AF:63:5A:7C:F4:72:0D:C9:63:C5:3B'

/** The FIDO Alliance's root, from those that Node itself trusts. @throws Error should Node have dropped it */
export const fidoRoot = (): Buffer => {
  const found = rootCertificates
    .map((pem) => new X509Certificate(pem))
    .find((each) => each.fingerprint256 === fingerprint)
  if (!found)
    throw new Error("This Node does not know the FIDO Alliance's root; name it by FOBWATCH_METADATA_ROOTS_FILE")
  return found.raw
}
