import type { ComponentChildren } from 'preact'
import { useLocation } from 'wouter-preact'
import { Announcer } from './announcer.tsx'
import { Covered } from './covered.tsx'
import { Header } from './header.tsx'

const forStaff = 'Need help? Ask your registration authority desk. They never ask for a PIN or code in a message.'
const forDesk = 'Need help? Ask whoever runs Fobwatch. Never ask anybody for a PIN or code in a message.'

const Help = () => {
  const [at] = useLocation()
  const isDesk = at === '/desk' || at.startsWith('/desk/')
  return <p class="nhsuk-body-s fobwatch-footer">{isDesk ? forDesk : forStaff}</p>
}

interface Props {
  /** What the skip link skips besides the header. */
  navigation: ComponentChildren
  children: ComponentChildren
}

/** What every page has: a skip link, the header, the live region, and the same line of help in the same place. */
export const Frame = ({ navigation, children }: Props) => (
  <>
    <a class="nhsuk-skip-link" href="#maincontent">
      Skip to main content
    </a>
    <Header />
    <Announcer />
    <div class="nhsuk-width-container nhsuk-main-wrapper">
      <Covered navigation={navigation}>{children}</Covered>
    </div>
    <footer class="nhsuk-footer">
      <div class="nhsuk-width-container">
        <Help />
      </div>
    </footer>
  </>
)
