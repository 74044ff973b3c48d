import { defineConfig } from 'prisma/config'

// Where the database is comes from the environment; nothing that only generates the client needs it.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/fobwatch' },
})
