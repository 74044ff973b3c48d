import { createHmac } from 'node:crypto'
import pg from 'pg'

interface User {
  name: string
  /** The one role whose rights the user has. */
  role: string
  password: string
}

/** The password of an ordinary user, made from the superuser's, so that there is one secret to keep. */
export const passwordOf = (user: string, superusersPassword: string): string =>
  createHmac('sha256', superusersPassword).update(user).digest('base64url')

/** Makes a user who owns nothing and is a member of one role; both are made where they are not there. */
export const createUser = async (adminUrl: string, { name, role, password }: User): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => {})
  await client.connect()
  const [user, group] = [pg.escapeIdentifier(name), pg.escapeIdentifier(role)]
  const isThere = async (each: string) =>
    (await client.query('select from pg_roles where rolname = $1', [each])).rowCount === 1
  try {
    if (!(await isThere(role))) await client.query(`create role ${group} nologin`)
    if (!(await isThere(name))) await client.query(`create role ${user}`)
    const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
    await client.query(`alter role ${user} with ${rights} password ${pg.escapeLiteral(password)}`)
    await client.query(`grant ${group} to ${user}`)
  } finally {
    await client.end()
  }
}
