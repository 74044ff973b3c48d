/** `npm run pack:token-verifier`: lays the package out in its `dist`, from where `npm pack` takes it, or `npm publish`. */
import { fileURLToPath } from 'node:url'
import { layOut } from './lay-out.ts'

const folder = fileURLToPath(new URL('../dist', import.meta.url))
await layOut(folder)
console.log(`The package is laid out. To make a file of it, which applications install: npm pack ${folder}`)
