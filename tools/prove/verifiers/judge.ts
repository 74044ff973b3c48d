import type { Case, Task, Use, Verdict } from './cases.ts'

/** Not valid before it was issued, says common sense; RFC 7519 §4.1.6 does not. The table tells, and no more. */
const isMatterOfTaste = ({ column }: Case) => column === 'iat'

/** Nobody has to know every algorithm; these two are what the service signs with unless a client asks for another. */
const isExtra = ({ column, name }: Case) => column === 'genuine' && name !== 'ES256' && name !== 'RS256'

/** Every genuine token that was refused and every forged one that was taken, in sentences. */
export const takenWrongly = ({ cases }: Task, verdicts: readonly Verdict[], use: Use): string[] =>
  verdicts
    .filter((verdict) => verdict.use === use)
    .flatMap(({ library, kind, name, taken, why }) => {
      const shown = cases.find((each) => each.kind === kind && each.name === name)
      if (!shown || isMatterOfTaste(shown) || isExtra(shown)) return []
      const isGenuine = shown.column === 'genuine'
      if (isGenuine === taken) return []
      return [`${library} ${taken ? 'took' : 'refused'} ${kind} (${shown.column}) ${name}${why ? `: ${why}` : ''}`]
    })
