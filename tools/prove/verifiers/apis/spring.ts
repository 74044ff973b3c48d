import { exportJWK, generateKeyPair } from 'jose'
import { compileSpring, versionOfSpring } from '../../strangers/spring.ts'
import type { Prepare } from '../languages/program.ts'
import { programServing } from './served.ts'

/** The API of docs/guides/spring-security.md. */
export const spring: Prepare = async (folder) => {
  const command = await compileSpring(folder)
  // The same program signs people in, and wants to know how; nobody does here.
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = JSON.stringify(await exportJWK(privateKey))
  return programServing({
    library: 'Spring Security by the guide',
    version: versionOfSpring(command),
    language: 'Java',
    path: '/api/records',
    launch: ({ issuer, audience, clientId }, port) => ({
      command,
      env: {
        FOBWATCH_ISSUER: issuer,
        AUDIENCE: audience,
        CLIENT_ID: clientId,
        CLIENT_KEY: key,
        SERVER_PORT: String(port),
      },
    }),
  })
}
