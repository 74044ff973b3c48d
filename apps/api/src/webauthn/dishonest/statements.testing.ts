import { type DishonestRegistration, each, ofLine, statementWith } from './case.testing.ts'
import { packedCases } from './packed.testing.ts'
import { phoneCases } from './phones.testing.ts'
import { es256, spoiling } from './statement-parts.testing.ts'
import { tpmCases } from './tpm.testing.ts'

/** Attestation statements (WebAuthn L3 §8): every field of every format. */
export const statementCases: Record<string, DishonestRegistration> = ofLine(9, {
  ...spoiling(
    'no attestation',
    {},
    {
      'a word besides': statementWith({ alg: -7 }),
      'a chain besides': statementWith({ x5c: [Buffer.of(0x30, 0)] }),
    },
  ),
  ...{ ...packedCases, ...tpmCases, ...phoneCases },
  ...each('attestation_not_allowed', {
    'a statement in the format of SafetyNet': { attestationFormat: 'android-safetynet' },
    'a statement in several formats': { attestationFormat: 'compound' },
    'a format in capital letters': { attestationFormat: 'Packed' },
    'an empty format': { attestationFormat: '' },
    'a format with a NUL': { attestationFormat: 'none\0' },
    'a format of 10,000 letters': { attestationFormat: 'n'.repeat(10_000) },
    'a format that every object has': { attestationFormat: 'constructor' },
  }),
  ...each('user_not_verified', { 'the format of a U2F key': { attestationFormat: 'fido-u2f' } }),
  ...Object.fromEntries(
    (['none', 'tpm', 'android-key', 'apple'] as const).map((format) => [
      `a packed statement that says that it is ${format}`,
      { device: es256('packed'), misbehave: { attestationFormat: format }, refusal: 'attestation_invalid' as const },
    ]),
  ),
})
