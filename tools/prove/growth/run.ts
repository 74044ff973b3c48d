import { doTimes, fobwatch, openStage, prepareSignIn, tellingMemory } from '@fobwatch/bench'
import { inMebibytes, type Memory } from '../fuzz/steady.ts'

interface Watching {
  /** Sign-ins in all. */
  count: number
  /** How often it is looked at on the way. */
  looks?: number
  pinned: boolean
  say: (line: string) => void
}

const lanes = 16
const people = 1000

/** Has people sign in at one process, again and again. @returns its memory at each look */
export const watchGrowth = async ({ count, looks = 40, pinned, say }: Watching): Promise<Memory[]> => {
  const stage = await openStage({ pinned })
  try {
    const { running, wire } = await stage.enter(fobwatch, 'growth', Math.min(people, count), tellingMemory)
    const { memory: tell } = running
    if (!tell) throw new Error('The process does not tell its memory')
    const deed = await prepareSignIn(running, wire)
    const samples: Memory[] = []
    const each = Math.ceil(count / looks)
    for (let done = each; done <= count; done += each) {
      await doTimes(() => deed(wire), lanes, each)
      const memory = { cases: done, ...(await tell()) }
      samples.push(memory)
      const { heap, external, rss } = memory
      say(
        `  ${done} sign-ins: ${inMebibytes(heap + external)} of the heap and what it holds, ${inMebibytes(rss)} in all`,
      )
    }
    return samples
  } finally {
    await stage.strike()
  }
}
