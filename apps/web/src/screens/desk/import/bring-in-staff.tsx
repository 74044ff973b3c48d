import type { ImportTally } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../api.ts'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useSubPage } from '../../../parts/use-sub-page.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { ChooseFile } from './choose-file.tsx'
import { DonePage } from './done.tsx'
import { LookThrough } from './look-through.tsx'

interface Chosen {
  name: string
  csv: string
  preview: ImportTally
}

/** Adds many people from a file: the file, then what would become of it, then what became of it. */
export const BringInStaff = () => {
  const [path, navigate] = useLocation()
  const page = useSubPage()
  const [chosen, setChosen] = useState<Chosen>()
  const [done, setDone] = useState<ImportTally>()
  const task = useTask()
  const check = useFreshCheck(task, 'you add people', path)

  const look = (name: string, csv: string) =>
    task.run(async () => {
      const preview = await call('POST /api/desk/imports/preview', { csv })
      setDone(undefined)
      setChosen({ name, csv, preview })
      navigate(`${path}?page=look`)
    })
  const add = ({ name, csv, preview }: Chosen) =>
    check.run(async () => {
      try {
        setDone(await call('POST /api/desk/imports', { csv, goodRowsOnly: preview.faulty > 0 }))
      } catch (thrown) {
        // Somebody else added one of them since: what is wrong now is shown.
        if (asTrouble(thrown).code !== 'file_invalid') throw thrown
        setChosen({ name, csv, preview: await call('POST /api/desk/imports/preview', { csv }) })
        return navigate(`${path}?page=look`, { replace: true })
      }
      navigate(`${path}?page=done`, { replace: true })
    })

  if (check.page) return <>{check.page}</>
  if (task.trouble && task.trouble.code !== 'too_large')
    return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (page === 'done' && done) return <DonePage tally={done} />
  if (chosen && page === 'look')
    return <LookThrough name={chosen.name} preview={chosen.preview} busy={task.busy} onAdd={() => add(chosen)} />
  return <ChooseFile busy={task.busy} tooLarge={task.trouble?.code === 'too_large'} onChosen={look} />
}
