import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../programs.ts'
import type { Outcome } from './run-module.ts'
import { pictureOf } from './tell.ts'

/** Keeps the pictures that the suite asked for beside the page of the proof. */
export const keepPictures = async (outcomes: Outcome[]): Promise<void> => {
  const folder = join(root, 'docs/proofs/conformance')
  await mkdir(folder, { recursive: true })
  for (const { module, pictures } of outcomes)
    for (const [index, picture] of pictures.entries()) await writeFile(join(folder, pictureOf(module, index)), picture)
}
