import { openBrowser } from '../../load/browser.ts'
import type { Scenario } from '../scenario.ts'

/**
 * From a link to a device that is stored, as the page that the link opens does it. Making the link, and the person whom it
 * is for, is not measured: somebody at a desk does that, or a feed.
 */
export const enrolment: Scenario = {
  key: 'enrolment',
  name: 'enrolment',
  title: 'an enrolment',
  prepare: async ({ enrolment }) => {
    if (!enrolment) return undefined
    const links: string[] = []
    return {
      stock: async (count) => {
        if (links.length < count) links.push(...(await enrolment.makeLinks(count - links.length)))
      },
      deed: async (wire) => {
        const link = links.pop()
        if (link === undefined) throw new Error('There are no more links')
        await enrolment.setUp(openBrowser(wire), link)
      },
    }
  },
}
