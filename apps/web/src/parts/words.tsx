import { runsOf } from '../words/emphasis.ts'

/** Our own words, with what stands between double asterisks in bold. */
export const Words = ({ text }: { text: string }) => (
  <>{runsOf(text).map((run, index) => (run.strong ? <strong key={index}>{run.text}</strong> : run.text))}</>
)
