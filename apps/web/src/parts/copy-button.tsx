import { useState } from 'preact/hooks'
import { announce } from './announcer.tsx'
import { Button } from './buttons.tsx'

interface Props {
  /** What the button says: "Copy the link". */
  label: string
  text: string
  /** What is said once it is copied. */
  done: string
}

/** Copies a text, and says whether that worked: a browser inside another app may forbid it. */
export const CopyButton = ({ label, text, done }: Props) => {
  const [result, setResult] = useState('')
  const copy = async () => {
    const said = await navigator.clipboard.writeText(text).then(
      () => done,
      () => 'Your browser did not let us copy it. Select it and copy it yourself.',
    )
    setResult(said)
    announce(said)
  }
  return (
    <>
      <Button kind="secondary" onPress={() => copy().catch(() => setResult('Select it and copy it yourself.'))}>
        {label}
      </Button>
      {result && <p>{result}</p>}
    </>
  )
}
