import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { type ReadRow, readFile } from './read-file.ts'

const head = 'given_name,family_name,birth_date,organisation'
const today = '2026-11-25'

const read = (text: string | Buffer[]): Promise<ReadRow[]> =>
  Array.fromAsync(readFile(Readable.from(typeof text === 'string' ? [text] : text), today))
const faults = async (text: string | Buffer[]) =>
  (await read(text)).flatMap((each) => each.faults.map(({ row, column, why }) => `${row} ${column}: ${why}`))

describe('a file of people', () => {
  it('is read row by row, whatever the order of its columns, with quotation marks, a byte order mark and empty lines', async () => {
    const text = `\ufefforganisation,birth_date,family_name,given_name,title,email\r\nZT7,1990-02-28,"Fict, the ""Younger""", Ines ,,\r\n\r\nZT8,1991-01-01,B,A,Dr,a@b.example\r\n`
    const [first, second] = await read(text)
    assert.deepEqual(first?.row, {
      ...{ line: 2, externalId: null, title: null, givenName: 'Ines', middleNames: null, birthDate: '1990-02-28' },
      ...{ familyName: 'Fict, the "Younger"', email: null, phone: null, organisation: 'ZT7' },
    })
    assert.deepEqual([second?.row?.line, second?.row?.title, second?.row?.email], [4, 'Dr', 'a@b.example'])
  })

  it('has its faults named by line and column, each of them, and the good rows between them', async () => {
    const text = [
      `${head},email,phone,external_id,title`,
      'A,B,1990-02-30,zt7,not mail,<x>,a b,',
      'A,B,1990-02-28,ZT7,,,,',
      ',,,,,,,',
      'A,B,2027-01-01,ZT7,,,,',
      'A,B,1890-01-01,ZT7,,,,',
      'A,B,1990-02-28',
      `A,${'b'.repeat(101)},1990-02-28,ZT7,,,${'x'.repeat(51)},`,
    ].join('\n')
    assert.deepEqual(
      (await faults(text)).map((each) => each.replace(/: .*/, '')),
      [
        ...['2 external_id', '2 birth_date', '2 email', '2 phone', '2 organisation'],
        ...[
          '4 given_name',
          '4 family_name',
          '4 birth_date',
          '4 organisation',
          '5 birth_date',
          '6 birth_date',
          '7 null',
        ],
        ...['8 external_id', '8 family_name'],
      ],
    )
    assert.equal((await read(text)).filter(({ row }) => row).length, 1)
  })

  it('is refused whole where its columns are not those that are known', async () => {
    assert.deepEqual(await faults(''), ['1 null: is missing: the file is empty'])
    assert.deepEqual(await faults('given_name,family_name,nhs_number\nA,B,1'), [
      '1 nhs_number: is not a column that is known',
      '1 birth_date: is missing',
      '1 organisation: is missing',
    ])
    assert.deepEqual(await faults(`${head},given_name\n`), ['1 given_name: is there twice'])
    assert.deepEqual(await faults(`${head},__proto__\n`), ['1 __proto__: is not a column that is known'])
  })

  it('line 14: is refused where it holds what nobody sees, or is no text in UTF-8', async () => {
    assert.match((await faults(`${head}\nA\u202e,B,1990-02-28,ZT7`))[0] ?? '', /^2 given_name/)
    assert.match((await faults(`${head}\n"A\nB",C,1990-02-28,ZT7`))[0] ?? '', /^\d given_name/)
    assert.match((await faults([Buffer.from(`${head}\nJos\xe9,B,1990-02-28,ZT7\n`, 'latin1')]))[0] ?? '', /UTF-8/)
    assert.match((await faults(`${head}\nA\0,B,1990-02-28,ZT7`))[0] ?? '', /^2 null/)
    assert.ok((await faults([Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255])])).length > 0, 'a spreadsheet itself')
  })

  it('line 13: is not read on where a quotation mark does not end, and little of it is kept meanwhile', async () => {
    const good = 'A,B,1990-02-28,ZT7'
    assert.match((await faults(`${head}\n${good}\n"A,B,1990-02-28,ZT7\n${good}`)).at(-1) ?? '', /quotation mark/)
    assert.match((await faults(`${head}\n"${'x'.repeat(50_000)}`)).at(-1) ?? '', /too long|quotation/)
    assert.match((await faults(`${head}\n"A"x,B,1990-02-28,ZT7`)).at(-1) ?? '', /quotation mark/)
  })
})
