import { AskPeople, DirectoryPeople, DirectoryPerson, StaffIdParams } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import { showPeopleToApplication, showPersonToApplication } from './show-people.ts'

/** The directory's table of routes. */
export const directoryRoutes = (deps: Parameters<typeof showPersonToApplication>[0]): Route[] => [
  route(
    'GET /directory/v1/people/:staffId',
    'token:directory',
    {
      summary: 'Show a person with their roles. Takes an access token for the directory.',
      params: StaffIdParams,
      response: DirectoryPerson,
    },
    showPersonToApplication(deps),
  ),
  route(
    'POST /directory/v1/people',
    'token:directory',
    {
      summary: 'Show up to 100 people with their roles. Takes an access token for the directory.',
      body: AskPeople,
      response: DirectoryPeople,
    },
    showPeopleToApplication(deps),
  ),
]
