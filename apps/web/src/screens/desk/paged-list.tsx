import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { announce } from '../../parts/announcer.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Form } from '../../parts/fields.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { Select } from '../../parts/select.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'

/** What a list is narrowed or sorted by: the name in the address, and what can be chosen. */
export interface Choice {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
}

/** What was chosen, by name, and where the page begins. */
export type Asked = Readonly<Record<string, string>>

interface Props<Row> {
  title: string
  /** What there is when nothing is there. */
  none: string
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  choices?: readonly Choice[]
  read: (asked: Asked) => Promise<{ rows: Row[]; next: string | null }>
  /** Where the whole of it is to be had as a file, without what was chosen. */
  file?: string
  children?: ComponentChildren
}

/** Chooses what is shown: nothing changes until the button is pressed. */
const Choices = ({
  choices,
  asked,
  onApply,
}: {
  choices: readonly Choice[]
  asked: Asked
  onApply: (a: Asked) => void
}) => {
  const [values, setValues] = useState<Asked>(asked)
  return (
    <Form onSubmit={() => onApply(values)}>
      {choices.map(({ name, label, options }) => (
        <Select
          key={name}
          id={name}
          label={label}
          options={options}
          value={values[name] ?? options[0]?.value ?? ''}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      <Button type="submit" kind="secondary">
        Show these
      </Button>
    </Form>
  )
}

/** Where all lists of this kind are chosen from. */
const Back = ({ path }: { path: string }) =>
  path.startsWith('/desk/reports') ? (
    <LineLink href="/desk/reports">All reports</LineLink>
  ) : (
    <LineLink href="/desk/work">All work to do</LineLink>
  )

const query = (asked: Asked): string => new URLSearchParams(asked).toString()
const countWords = (count: number, more: boolean) => {
  const rows = count === 1 ? '1 row' : `${count} rows`
  return more ? `${rows} on this page, and more` : rows
}

/** A list that the server sorts and pages. Where it is stands in the address, so that Back comes back to it. */
export const PagedList = <Row,>({ title, none, columns, keyOf, choices = [], read, file, children }: Props<Row>) => {
  const [params] = useSearchParams()
  const [path, navigate] = useLocation()
  const names = [...choices.map(({ name }) => name), 'after']
  const asked: Asked = Object.fromEntries([...params].filter(([name, value]) => names.includes(name) && value !== ''))
  const found = useFetched(`${path} ${query(asked)}`, () => read(asked))
  const page = found.value
  useEffect(() => {
    if (page) announce(page.rows.length === 0 ? none : countWords(page.rows.length, page.next !== null))
  }, [page])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!page) return <Loading />
  const { after, ...chosen } = asked
  const apply = (next: Asked) =>
    navigate(`${path}?${query(Object.fromEntries(Object.entries(next).filter(([n, v]) => v !== '' && n !== 'after')))}`)
  return (
    <Page title={title} wide>
      {children}
      {choices.length > 0 && <Choices key={query(chosen)} choices={choices} asked={chosen} onApply={apply} />}
      {page.rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <>
          <p>{countWords(page.rows.length, page.next !== null)}</p>
          <Table caption={title} columns={columns} rows={page.rows} keyOf={keyOf} />
        </>
      )}
      {after && <LineLink href={`${path}?${query(chosen)}`}>First page</LineLink>}
      {page.next && <LineLink href={`${path}?${query({ ...chosen, after: page.next })}`}>Next page</LineLink>}
      {file && (
        <p class="fobwatch-line">
          <a class="fobwatch-line__link" href={`${file}?${query(chosen)}`} download>
            Save all of it as a file (CSV)
          </a>
        </p>
      )}
      <Back path={path} />
    </Page>
  )
}

/** A column that leads to the person. */
export const personColumn: Column<{ staffId: string; person: string }> = {
  heading: 'Person',
  cell: ({ staffId, person }) => (
    <Link class="fobwatch-line__link" href={`/desk/people/${staffId}`}>
      {person}
    </Link>
  ),
}

/** The days within which something ends. */
export const daysChoice = (any: boolean): Choice => ({
  name: 'within',
  label: 'Ends within',
  options: [
    ...(any ? [{ value: '', label: 'Any time, or never' }] : []),
    ...['7', '30', '60', '90'].map((days) => ({ value: days, label: `${days} days` })),
  ],
})
