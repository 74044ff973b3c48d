/** `npm run pack:token-verifier`: lays the package out in its `dist`, from where `npm publish` takes it. */
import { fileURLToPath } from 'node:url'
import { layOut } from './lay-out.ts'

const folder = fileURLToPath(new URL('../dist', import.meta.url))
await layOut(folder)
console.log(`The package is laid out: npm publish ${folder}`)
