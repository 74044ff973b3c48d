import type { ComponentChildren } from 'preact'

/** One column: its heading, and what stands in it for a row. The first one's cells name their rows. */
export interface Column<Row> {
  heading: string
  cell: (row: Row) => ComponentChildren
}

interface Props<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}

/** Rows in columns; on a narrow window each row is a block of its own, with its headings in it. */
export const Table = <Row,>({ caption, columns, rows, keyOf }: Props<Row>) => {
  const inRow = (row: Row) =>
    columns.map(({ heading, cell }, index) => {
      const Cell = index === 0 ? 'th' : 'td'
      return (
        <Cell
          key={heading}
          class={index === 0 ? 'nhsuk-table__header' : 'nhsuk-table__cell'}
          scope={index === 0 ? 'row' : undefined}
        >
          <span class="nhsuk-table__heading" aria-hidden="true">
            {heading}
          </span>
          <span>{cell(row)}</span>
        </Cell>
      )
    })
  return (
    <table class="nhsuk-table nhsuk-table--responsive">
      <caption class="nhsuk-table__caption nhsuk-u-visually-hidden">{caption}</caption>
      <thead class="nhsuk-table__head">
        <tr class="nhsuk-table__row">
          {columns.map(({ heading }) => (
            <th class="nhsuk-table__header" scope="col" key={heading}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="nhsuk-table__body">
        {rows.map((row) => (
          <tr class="nhsuk-table__row" key={keyOf(row)}>
            {inRow(row)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
