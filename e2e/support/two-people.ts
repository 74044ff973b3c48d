import { expect, type Page } from '@playwright/test'
import type { House, Player } from './house.ts'

/** Asks the API from a page, as its own code would. */
const ask = (page: Page, method: string, url: string, body?: object) =>
  page.evaluate(
    async ({ method, url, body }) => {
      const answer = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : undefined }
    },
    { method, url, body },
  )

/** The staff id of somebody whom the desk finds by their name. */
export const staffIdOf = async (page: Page, name: string): Promise<string> => {
  const { body } = await ask(page, 'GET', `/api/desk/people?search=${encodeURIComponent(name)}`)
  return body.people[0].staffId
}

/** Makes somebody an agent at the hospital: the first manager asks, and whoever runs the service is the second person. */
export const makeAgent = async (house: House, manager: Page, agent: Player): Promise<void> => {
  const position = await ask(manager, 'POST', '/api/desk/positions', {
    ...{
      organisation: house.firstManager.organisationCode,
      name: 'Registration authority agent (duty)',
      duty: 'agent',
    },
    ...{ activities: [], workgroups: [], openedToSponsors: false },
  })
  const asked = { position: position.body.id }
  const staffId = await staffIdOf(manager, agent.name)
  const raised = await ask(manager, 'POST', '/api/desk/requests', { kind: 'give-duty', staffId, asked })
  expect(raised.status, JSON.stringify(raised.body)).toBe(200)
  expect(await house.fobwatch('requests', 'approve', raised.body.id)).toMatch(/done/)
}
