import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { searchPatterns, searchTerms } from './rules.ts'

const names = (search: string) => searchTerms(search)?.map(({ name }) => name)
const plain = (search: string) => searchTerms(search)?.map((term) => term.plain)

describe('what was typed into the search', () => {
  it('is divided at spaces, however many', () => {
    assert.deepEqual(names('  ngozi   fair '), ['ngozi', 'fair'])
  })

  it('loses capitals and accents', () => {
    assert.deepEqual(names('OISÍN Ægir Žofie'), ['oisin', 'ægir', 'zofie'])
  })

  it('takes hyphens for spaces and drops apostrophes in names, and keeps both in addresses', () => {
    assert.deepEqual(names("Mei-Ling O'Hara D’Arcy"), ['mei ling', 'ohara', 'darcy'])
    assert.deepEqual(plain("mei-ling@fern o'hara@fern"), ['mei-ling@fern', "o'hara@fern"])
  })

  it('must say something: two characters that are more than signs and spaces', () => {
    for (const search of ['', 'n', '  n  ', "- '", '   ']) assert.equal(searchTerms(search), undefined, search)
    assert.deepEqual(names('n f'), ['n', 'f'])
  })
})

describe('the patterns of a search', () => {
  const patterns = (search: string) => searchPatterns(searchTerms(search) ?? [])

  it('are of what begins so, and of what is a word by itself', () => {
    assert.deepEqual(patterns('jo'), [{ name: '% jo%', plain: '% jo%', word: '% jo %' }])
  })

  it('line 40: take the signs of patterns for themselves', () => {
    assert.deepEqual(patterns(String.raw`%_\x`), [
      {
        name: String.raw`% \%\_\\x%`,
        plain: String.raw`% \%\_\\x%`,
        word: String.raw`% \%\_\\x %`,
      },
    ])
  })
})
