/** The model that a software authenticator says it is, unless told otherwise: nobody's. */
export const testAaguid = 'f0b3a7c4-7e57-4b17-9d15-000000000001'

/** Of authenticators that name no model. */
export const noAaguid = '00000000-0000-0000-0000-000000000000'

/** The 16 bytes of an AAGUID written as a UUID. */
export const bytesOfAaguid = (aaguid: string): Buffer => {
  const bytes = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16) throw new RangeError(`an AAGUID has 16 bytes: ${aaguid}`)
  return bytes
}
