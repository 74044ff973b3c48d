import type { ImportFault } from '@fobwatch/contracts'

/** More than anybody reads on a page. */
const most = 100

/** What is wrong with a file, line by line. */
export const Faults = ({ faults }: { faults: readonly ImportFault[] }) => (
  <>
    <table class="nhsuk-table-responsive">
      <caption class="nhsuk-table__caption nhsuk-table__caption--m">What is wrong</caption>
      <thead class="nhsuk-table__head">
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Column</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody class="nhsuk-table__body">
        {faults.slice(0, most).map(({ row, column, why }) => (
          <tr class="nhsuk-table__row" key={`${row} ${column} ${why}`}>
            <td class="nhsuk-table__cell">
              <span class="nhsuk-table-responsive__heading" aria-hidden="true">
                Line{' '}
              </span>
              {row}
            </td>
            <td class="nhsuk-table__cell">
              <span class="nhsuk-table-responsive__heading" aria-hidden="true">
                Column{' '}
              </span>
              {column ?? 'The whole line'}
            </td>
            <td class="nhsuk-table__cell">
              <span class="nhsuk-table-responsive__heading" aria-hidden="true">
                Why{' '}
              </span>
              {`It ${why}.`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {faults.length > most && <p>And {faults.length - most} more. Put these right first.</p>}
  </>
)
