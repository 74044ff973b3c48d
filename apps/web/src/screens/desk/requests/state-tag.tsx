import type { DeskRequest } from '@fobwatch/contracts'
import { stateWords } from '../../../words/requests.ts'

/** What has become of a request, in a tag. */
export const StateTag = ({ request }: { request: Pick<DeskRequest, 'state' | 'held'> }) => {
  const { state, held } = request
  if (state === 'open' && held) return <strong class="nhsuk-tag nhsuk-tag--aqua-green">With you</strong>
  if (state === 'open') return <strong class="nhsuk-tag nhsuk-tag--blue">{stateWords.open}</strong>
  const colour = state === 'approved' ? 'green' : 'grey'
  return <strong class={`nhsuk-tag nhsuk-tag--${colour}`}>{stateWords[state]}</strong>
}
