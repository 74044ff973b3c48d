import { useEffect } from 'preact/hooks'
import { announce } from '../../../parts/announcer.tsx'
import { Button } from '../../../parts/buttons.tsx'
import { momentWords } from '../../../words/dates.ts'

const nearlyOver = 'You have less than 2 minutes left with this request.'

/** Says that nobody else can decide it meanwhile, and when that is nearly over. */
export const HoldingNote = ({ until, ending, onKeep }: { until: string; ending: boolean; onKeep: () => void }) => {
  useEffect(() => {
    if (ending) announce(nearlyOver)
  }, [ending])
  if (!ending)
    return (
      <p class="nhsuk-hint">
        It is with you until {momentWords(until)}. Nobody else can decide it while you are on this page.
      </p>
    )
  return (
    <div class="nhsuk-inset-text">
      <p>{nearlyOver} Then somebody else can take it.</p>
      <Button kind="secondary" onPress={onKeep}>
        Keep it for 15 more minutes
      </Button>
    </div>
  )
}
