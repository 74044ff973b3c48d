import { type Finding, tableOf } from '../cluster/findings.ts'

interface Versions {
  server: string
  nginx: string
  image: string
}

/** The page of the proof. */
export const tellProof = (findings: readonly Finding[], { server, nginx, image }: Versions): string => `
What [the guide](../guides/many-machines.md) describes, on one machine: the steps of the Dockerfile are done in an empty folder
(${image}), the same COPY and RUN as they stand there, with this machine's Node and npm in place of the base image's. Two
instances run out of it, told their secrets by files as in compose.yaml, behind nginx ${nginx} with \`docs/deploy/nginx.conf\`
as it stands, but for names, ports and folders, and a certificate of its own making. The database is a PostgreSQL (the embedded
one, ${server}) with a synchronous replica, set up by the blocks of the guide, behind one address (a small TCP proxy). Everything
that people and applications do goes through nginx, over TLS.

${tableOf(findings)}

Not tried, since no container runs where this was made: \`docker build\` and \`docker compose up\` themselves, and with them the
base images, the health check as Docker runs it, the read-only file system and the user \`node\` (the service wrote nothing into
its folder, as the table says, but what Node compiles: who made this page may write there, and that user may not), and
\`docs/deploy/make-users.sh\` (the same SQL is run from docs/operators.md). Neither Patroni nor a cloud's service chose the new
primary: the proof did. No pooler stood before PostgreSQL.
`
