import { type Step, warmStart } from './live-it.ts'

/** The page of the proof: what happened, in its order. */
export const tellProof = (steps: readonly Step[], fault: string | undefined): string => {
  const rows = steps.map(({ says, figure = '' }) => `| ${says} | ${figure} |`)
  return `
The commit was cloned to a new folder, with an empty home and so with an empty package store and npm cache, and
\`npm start\` was typed there. A headless Chromium with a virtual authenticator did what a person does on a first day.
A second start must take less than ${warmStart} s: where others keep the machine busy, the fastest of three.

| what happened | |
| --- | ---: |
${rows.join('\n')}
${fault ? `\nThen it went wrong: ${fault}\n` : ''}
![A device is set up](first-day/set-up.png)

![The ward list](first-day/ward-list.png)
`
}
