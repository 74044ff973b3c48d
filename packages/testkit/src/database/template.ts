import { createHash } from 'node:crypto'
import { migrate, readMigrations } from '@fobwatch/store'
import type pg from 'pg'
import { administer, exists, quoted } from './administer.ts'

/** Any number will do, as long as every test process takes the same lock. */
const templateLock = 7_303_014

/**
 * Makes sure that the server has a template database with every migration applied, named by their hash. Processes that
 * ask together wait for the one that makes it.
 * @param url the URL of one of the server's databases
 * @returns the template's name
 */
export const ensureTemplate = async (url: (database: string) => string): Promise<string> => {
  const template = `fobwatch_template_${await hashOfMigrations()}`
  await administer(url('postgres'), async (client) => {
    if (await exists(client, template)) return
    await client.query('select pg_advisory_lock($1)', [templateLock])
    if (await exists(client, template)) return
    await build(client, template, url)
  })
  return template
}

/** The template gets its name when it is whole, so that one left half made is never copied. */
const build = async (client: pg.Client, template: string, url: (database: string) => string): Promise<void> => {
  const unfinished = `${template}_unfinished`
  await client.query(`drop database if exists ${quoted(unfinished)} with (force)`)
  await client.query(`create database ${quoted(unfinished)}`)
  await migrate(url(unfinished))
  // A database that somebody is connected to cannot be copied: let nobody.
  await client.query(`alter database ${quoted(unfinished)} with allow_connections false`)
  await client.query(`alter database ${quoted(unfinished)} rename to ${quoted(template)}`)
}

const hashOfMigrations = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const { name, checksum } of await readMigrations()) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}
