import type { Enrolment } from './contender.ts'

/** Makes links one after the other, each for the next number. @param add adds somebody, and gives the link */
export const linksBy = (add: (number: number) => Promise<string>): Enrolment['makeLinks'] => {
  let made = 0
  return async (count) => {
    const links: string[] = []
    for (const until = made + count; made < until; ) {
      made += 1
      links.push(await add(made))
    }
    return links
  }
}
