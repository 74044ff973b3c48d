import type { Answer, Request, Wire } from './wire.ts'

/** The same wire, which tells how long each answer took. @param note gets milliseconds */
export const timed = (wire: Wire, note: (ms: number) => void): Wire => ({
  ...wire,
  send: async (request: Request): Promise<Answer> => {
    const began = performance.now()
    const answer = await wire.send(request)
    note(performance.now() - began)
    return answer
  },
})
