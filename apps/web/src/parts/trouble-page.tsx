import type { Trouble } from '../trouble.ts'
import { type About, troubleWords } from '../words/troubles.ts'
import { Button, LineLink } from './buttons.tsx'
import { Page } from './page.tsx'
import { ToLogIn } from './to-log-in.tsx'
import { WaysOut } from './ways-out.tsx'
import { ReasonList, Words } from './words.tsx'

interface Props {
  trouble: Trouble
  about?: About
  onRetry: () => unknown
  /** A page that one may go back to from here. */
  back?: { href: string; label: string }
}

const anything: About = { doing: 'other', device: 'device', button: 'Try again' }

/** What went wrong, in place of the page. */
export const TroublePage = ({ trouble, about = anything, onRetry, back }: Props) => {
  if (trouble.code === 'not_signed_in') return <ToLogIn />
  const words = troubleWords(trouble.code, about, trouble.reasons)
  if (!words) return null
  return (
    <Page title={words.title}>
      <p>{words.happened}</p>
      <ReasonList reasons={words.list} />
      <p>
        <Words text={words.whatNow} />
      </p>
      {words.button && trouble.reference && <p class="nhsuk-body-s">Reference for support: {trouble.reference}</p>}
      {words.button && <Button onPress={onRetry}>{words.button}</Button>}
      {back && <LineLink href={back.href}>{back.label}</LineLink>}
      <WaysOut ways={words.waysOut} main={!words.button} />
    </Page>
  )
}

/** Whether this trouble takes the place of the page, instead of showing above the button. */
export const takesThePage = (trouble: Trouble | undefined, about: About): trouble is Trouble =>
  trouble !== undefined && (trouble.code === 'not_signed_in' || troubleWords(trouble.code, about)?.shape === 'page')
