import type { ComponentChildren } from 'preact'
import { Announcer } from './announcer.tsx'
import { Covered } from './covered.tsx'
import { Header } from './header.tsx'

/** What every page has: a skip link, the header, the live region, and the same line of help in the same place. */
export const Frame = ({ children }: { children: ComponentChildren }) => (
  <>
    <a class="nhsuk-skip-link" href="#maincontent">
      Skip to main content
    </a>
    <Header />
    <Announcer />
    <div class="nhsuk-width-container">
      <main class="nhsuk-main-wrapper" id="maincontent" tabIndex={-1}>
        <Covered>{children}</Covered>
      </main>
    </div>
    <footer class="nhsuk-footer">
      <div class="nhsuk-width-container">
        <p class="nhsuk-body-s fobwatch-footer">
          Need help? Ask your registration authority desk. They never ask for a PIN or code in a message.
        </p>
      </div>
    </footer>
  </>
)
