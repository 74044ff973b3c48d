import { Link, useLocation } from 'wouter-preact'
import { useSession } from '../../session.tsx'
import { areas, isOpen } from './areas.ts'

const home = { href: '/desk', label: 'Desk' }

/** The same on every page of the desk: its parts, as far as this person's duties open them. */
export const DeskNavigation = () => {
  const [at] = useLocation()
  const tasks = useSession().session?.desk ?? []
  if (tasks.length === 0) return null
  const isHere = (href: string) => (href === home.href ? at === href : at === href || at.startsWith(`${href}/`))
  return (
    <nav class="fobwatch-desk-navigation" aria-label="Desk">
      <ul>
        {[home, ...areas.filter((area) => isOpen(area, tasks))].map(({ href, label }) => (
          <li key={href}>
            <Link class="fobwatch-line__link" href={href} aria-current={isHere(href) ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
