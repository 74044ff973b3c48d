import { useEffect, useState } from 'preact/hooks'

let tell: (words: string) => void = () => {}

/** Says something to people who listen to the page, politely. Nothing takes back what does not hold any more. */
export const announce = (words: string): void => tell(words)

const strip = (words: string) => words.replaceAll('**', '')

/** The one live region, on every page from the start: browsers announce only what changes in a region they know. */
export const Announcer = () => {
  const [said, say] = useState('')
  useEffect(() => {
    // The same words twice are no change, so every other time they end in a space that nobody hears.
    tell = (words) => say((before) => (words && before === strip(words) ? `${strip(words)}\u00a0` : strip(words)))
    return () => {
      tell = () => {}
    }
  }, [])
  return (
    <div class="nhsuk-u-visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  )
}
