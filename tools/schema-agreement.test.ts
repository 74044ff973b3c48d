import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { root } from './programs.ts'

/** PostgreSQL's types, by their object ids, that its catalogue answers in. */
const columnTypes: Record<number, ColumnType> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  25: ColumnTypeEnum.Text,
  26: ColumnTypeEnum.Int64,
  1003: ColumnTypeEnum.TextArray,
  1009: ColumnTypeEnum.TextArray,
  1043: ColumnTypeEnum.Text,
}

/** The adapter was written for the client, and does not know the type `"char"`, of which the catalogue is full. */
const catalogueReader = (pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory => {
  const factory = new PrismaPg(pool)
  const connect = async () => {
    const adapter = await factory.connect()
    adapter.queryRaw = async ({ sql, args }) => {
      const { fields, rows } = await pool.query({ text: sql, values: args, rowMode: 'array' })
      const types = fields.map(({ dataTypeID, name }) => {
        const type = columnTypes[dataTypeID]
        assert.ok(type !== undefined, `the type ${dataTypeID} of ${name} is missing from the table above`)
        return type
      })
      return { columnNames: fields.map(({ name }) => name), columnTypes: types, rows }
    }
    return adapter
  }
  const { provider, adapterName } = factory
  return { provider, adapterName, connect, connectToShadowDb: () => factory.connectToShadowDb() }
}

/** What a migration would have to do to make the database agree with the schema, as SQL. */
const difference = async (url: string, content: string): Promise<string> => {
  const pool = new pg.Pool({ connectionString: url })
  const file = { path: 'schema.prisma', content }
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogueReader(pool))
  const engine = await SchemaEngine.new({ datamodels: [[file.path, content]] }, () => {}, adapter)
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [file], configDir: '.' },
      to: { tag: 'schemaDatamodel', files: [file] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout ?? ''
  } finally {
    engine.free()
    await pool.end()
  }
}

const nothing = '-- This is an empty migration.'

describe('schema.prisma and the migrations', () => {
  let database: TestDatabase
  let schema: string
  before(async () => {
    database = await createTestDatabase()
    schema = await readFile(join(root, 'prisma/schema.prisma'), 'utf8')
  })
  after(() => database.drop())

  it('say the same', async () => {
    assert.equal((await difference(database.url, schema)).trim(), nothing)
  })

  it('are seen to differ when a model gains a field', async () => {
    const drifted = schema.replace('model Installation {', 'model Installation {\n  planted String?')
    assert.match(await difference(database.url, drifted), /ALTER TABLE "installation" ADD COLUMN\s+"planted" TEXT/)
  })

  it('are seen to differ when the database gains a column', async () => {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query('alter table installation add column planted text not null')
    await client.end()
    assert.match(await difference(database.url, schema), /ALTER TABLE "installation" DROP COLUMN "planted"/)
  })
})
