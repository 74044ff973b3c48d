import pg from 'pg'

const duplicateDatabase = '42P04'

/** Makes a database, unless there is one of that name. */
export const createDatabase = async (adminUrl: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === duplicateDatabase)) throw error
  } finally {
    await client.end()
  }
}
