import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { root } from './programs.ts'

/** What is neither a block of code nor a piece of it: commands may look like links and headings. */
const proseOf = (page: string): string => readFileSync(page, 'utf8').replace(/^```[\s\S]+?^```/gm, '')

/** Each heading's anchor as GitHub makes it, the second of a name with a number. */
const anchorsOf = (page: string): ReadonlySet<string> => {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = words.replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-')
    let count = 0
    while (anchors.has(count > 0 ? `${anchor}-${count}` : anchor)) count += 1
    anchors.add(count > 0 ? `${anchor}-${count}` : anchor)
  }
  return anchors
}

const linksOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/.test(link))

const leadsSomewhere = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#')
  const target = path ? join(dirname(page), path) : page
  if (!statSync(target, { throwIfNoEntry: false })) return false
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor)
}

const pages = async (): Promise<string[]> => {
  const found: string[] = []
  for await (const page of glob(['*.md', 'docs/**/*.md'], { cwd: root })) found.push(join(root, page))
  return found
}

describe('the pages', () => {
  it('link to files that are there, and to headings that they have', async () => {
    const broken: string[] = []
    for (const page of await pages())
      for (const link of linksOf(page)) if (!leadsSomewhere(page, link)) broken.push(`${relative(root, page)}: ${link}`)
    assert.deepEqual(broken, [])
  })

  it('are found, and their headings as GitHub would name them', async () => {
    assert.ok((await pages()).includes(join(root, 'docs/guides/many-machines.md')))
    assert.ok(anchorsOf(join(root, 'docs/feeds.md')).has('a-file-of-staff'))
    assert.equal(leadsSomewhere(join(root, 'README.md'), 'docs/feeds.md#no-such-heading'), false)
  })
})
