import type { AssignmentsPreview } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useSubPage } from '../../../../parts/use-sub-page.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { ChooseRolesFile } from './choose-file.tsx'
import { RolesGiven } from './given.tsx'
import { LookThroughRoles } from './look-through.tsx'

interface Chosen {
  name: string
  csv: string
  preview: AssignmentsPreview
}

const tooMuch = 'This file is too large. Send at most 1,000 rows at once.'
const notTaken = 'This file cannot be read. Check its first row, and that it has at most 1,000 rows.'

/** Gives roles to many people from a file: the file, then what would become of it, then what became of it. */
export const GiveToMany = () => {
  const [path, navigate] = useLocation()
  const page = useSubPage()
  const [chosen, setChosen] = useState<Chosen>()
  const [given, setGiven] = useState<AssignmentsPreview>()
  const [wrong, setWrong] = useState<string>()
  const task = useTask()
  const check = useFreshCheck(task, 'you give roles', path)

  const look = (name: string, csv: string) =>
    task.run(async () => {
      setWrong(undefined)
      try {
        setChosen({ name, csv, preview: await call('POST /api/desk/assignments/preview', { csv }) })
      } catch (thrown) {
        const { code } = asTrouble(thrown)
        if (code !== 'file_invalid' && code !== 'too_large') throw thrown
        return setWrong(code === 'too_large' ? tooMuch : notTaken)
      }
      navigate(`${path}?page=look`)
    })
  const give = ({ csv, preview }: Chosen) =>
    check.run(async () => {
      setGiven(await call('POST /api/desk/assignments/bulk', { csv, goodOnly: preview.counts.fault > 0 }))
      navigate(`${path}?page=done`, { replace: true })
    })

  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (page === 'done' && given) return <RolesGiven given={given} />
  if (chosen && page === 'look')
    return <LookThroughRoles name={chosen.name} preview={chosen.preview} busy={task.busy} onGive={() => give(chosen)} />
  return <ChooseRolesFile busy={task.busy} wrong={wrong} onChosen={look} />
}
