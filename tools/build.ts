/** `npm run build`: all that a production machine needs before `apps/api/src/main.ts` can run. */
import { buildWeb } from './build-web.ts'

await buildWeb((line) => console.log(line))
console.log('The pages are built, in apps/web/dist.')
