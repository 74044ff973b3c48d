/**
 * Commands: how the words after `fobwatch` become a call to a verb. Owns no table and no endpoint.
 * Invariant: standard output has the answer and nothing else; what went wrong is a sentence on standard error.
 * Neighbours: a room declares its commands in its `commands.ts`, as it declares its routes in `routes.ts`; `cli.ts` opens
 * the house for them.
 */
export { type Answer, type Command, command } from './command.ts'
export { countWords } from './count-words.ts'
export { textGiven, textOf, unreadable } from './files.ts'
export { findCommand } from './find-command.ts'
export { help } from './help.ts'
export { readWords } from './read-words.ts'
