import pg from 'pg'

/** Runs some work on a connection of its own, which ends with it. */
export const administer = async <Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // The query that is under way reports a lost connection; without a listener the event would end the process too.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const exists = async (client: pg.Client, database: string): Promise<boolean> => {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  return rowCount === 1
}

/** A name as it may stand in a statement. */
export const quoted = (name: string): string => pg.escapeIdentifier(name)
