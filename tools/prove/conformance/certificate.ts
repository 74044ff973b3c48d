import { createHash } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../failure.ts'
import { runProgram } from '../../programs.ts'

/** A key and a certificate for `localhost`, which vouches for itself. */
export interface Certificate {
  key: string
  cert: string
  /** Where the certificate is, for programs that are to trust it. */
  file: string
  /** Base64 of the SHA-256 of its public key, by which Chromium is told to trust it. */
  spki: string
}

/**
 * Makes a certificate with OpenSSL: Node reads certificates and makes none.
 * @throws Failure where there is no OpenSSL
 */
export const makeCertificate = async (folder: string): Promise<Certificate> => {
  const own = await mkdtemp(join(folder, 'tls-'))
  const [key, file, spkiFile] = [join(own, 'key.pem'), join(own, 'cert.pem'), join(own, 'spki.der')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '7', ...names, '-keyout', key, '-out', file)
  await openssl('pkey', '-in', key, '-pubout', '-outform', 'DER', '-out', spkiFile)
  const spki = createHash('sha256')
    .update(await readFile(spkiFile))
    .digest('base64')
  return { key: await readFile(key, 'utf8'), cert: await readFile(file, 'utf8'), file, spki }
}

const openssl = async (...args: string[]): Promise<void> => {
  const { code, output } = await runProgram('openssl', args)
  if (code !== 0) throw new Failure(`A certificate could not be made: ${output.trim()}`)
}
