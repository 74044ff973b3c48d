import { runsOf } from '../words/emphasis.ts'

/** Why something is as it is, a sentence each; nothing where nobody says why. */
export const ReasonList = ({ reasons = [] }: { reasons: readonly string[] | undefined }) =>
  reasons.length === 0 ? null : (
    <ul>
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )

/** Our own words, with what stands between double asterisks in bold. */
export const Words = ({ text }: { text: string }) => (
  <>{runsOf(text).map((run, index) => (run.strong ? <strong key={index}>{run.text}</strong> : run.text))}</>
)
