import type { ClientDataFaults } from './misbehaviour.ts'
import type { ClientData } from './webauthn-json.ts'

interface Mutations {
  clientData?: (clientData: ClientData) => object
  clientDataJSON?: (bytes: Buffer) => Uint8Array
}

type Honest = Pick<ClientData, 'type' | 'challenge' | 'origin'>

/** The client data of a ceremony as the bytes that get hashed, with the faults asked for. */
export const encodeClientData = (honest: Honest, faults: ClientDataFaults, mutate: Mutations = {}): Buffer => {
  const clientData: ClientData = {
    type: faults.type ?? honest.type,
    challenge: faults.challenge ?? honest.challenge,
    origin: faults.origin ?? honest.origin,
    crossOrigin: faults.crossOrigin ?? false,
    ...(faults.topOrigin === undefined ? {} : { topOrigin: faults.topOrigin }),
  }
  const json = JSON.stringify(mutate.clientData?.(clientData) ?? clientData)
  const bytes = encodings[faults.clientDataEncoding ?? 'plain'](json)
  return Buffer.from(mutate.clientDataJSON?.(bytes) ?? bytes)
}

const encodings = {
  plain: (json: string) => Buffer.from(json),
  'byte-order-mark': (json: string) => Buffer.from(`\u{feff}${json}`),
  'invalid-utf8': (json: string) =>
    Buffer.concat([Buffer.from('{"remark":"'), Buffer.of(0xc3, 0x28), Buffer.from(`",${json.slice(1)}`)]),
  'duplicate-keys': (json: string) =>
    Buffer.from(`{"challenge":"ZmFsc2U","origin":"https://false.example",${json.slice(1)}`),
}
