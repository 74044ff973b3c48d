import { copySource, type Prepare, prepareWith, programOf } from './program.ts'

/** jsonwebtoken of Rust. Cargo keeps what it downloads in a cache of its own. */
export const rust: Prepare = async (folder) => {
  await copySource('rust', folder)
  const missing = 'The library of Rust needs Cargo, which is not here.'
  await prepareWith(folder, ['cargo', 'build', '--quiet'], missing, { CARGO_TARGET_DIR: `${folder}/target` })
  return programOf('Rust', folder, ['target/debug/verify'])
}
