import { Link, useLocation } from 'wouter-preact'
import { useSession } from '../session.tsx'
import { roleWords } from '../words/roles.ts'

/** The word mark, and who is logged in: name, role and place, Change role, with Log out always last. */
export const Header = () => {
  const { session, logOut } = useSession()
  const [, navigate] = useLocation()
  const leave = async () => {
    await logOut()
    navigate('/')
  }
  return (
    <header class="nhsuk-header">
      <div class="nhsuk-header__container nhsuk-width-container">
        <div class="nhsuk-header__service">
          <Link class="nhsuk-header__service-name fobwatch-mark" href="/">
            Fobwatch
          </Link>
        </div>
        {session && (
          <nav class="nhsuk-header__account" aria-label="Account">
            <ul class="nhsuk-header__account-list">
              <li class="nhsuk-header__account-item">{session.name}</li>
              {session.role && <li class="nhsuk-header__account-item">{roleWords(session.role)}</li>}
              {session.mayChangeRole && (
                <li class="nhsuk-header__account-item">
                  <Link class="nhsuk-header__account-link" href="/role">
                    Change role
                  </Link>
                </li>
              )}
              <li class="nhsuk-header__account-item">
                <button class="nhsuk-header__account-button" type="button" onClick={leave}>
                  Log out
                </button>
              </li>
            </ul>
          </nav>
        )}
      </div>
    </header>
  )
}
