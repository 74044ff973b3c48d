/**
 * The project's own benchmark: Fobwatch beside other services, and beside the floor of what the machine can do, in one run
 * on one PostgreSQL. `npm run bench -- --help` says how to ask for it.
 *
 * - `contenders/`: what is compared, each behind one interface; its door says how to add one.
 * - `scenarios/`: what is measured of each; its door says how to add one.
 * - `load/`: browsers and applications over HTTP, as fast as they are answered or at a rate.
 * - `machine/`: PostgreSQL, the contenders' processes, and the cores that they are kept to.
 * - `measure/`: CPU and memory of processes, statements of the database, profiles.
 * - `statistics/` and `report/`: what it comes to, for people and for programs.
 *
 * Invariant: contenders differ in what they are and in nothing that they are given: one server and its settings, one load,
 * turn and turn about.
 */
export { type Adapter, fobwatch } from './contenders/index.ts'
export { closedLoop, doTimes } from './load/closed-loop.ts'
export { type Memory, nodeOptions, tellingMemory } from './machine/launch.ts'
export { openStage, type Stage } from './machine/stage.ts'
export { measured } from './measure/window.ts'
export { help, readOptions } from './options.ts'
export { barsOf } from './report/bars.ts'
export { jsonOf } from './report/json.ts'
export { tellBench } from './report/page.ts'
export { runBench } from './run.ts'
export { prepareSignIn } from './scenarios/index.ts'
export { type Spread, spreadOf } from './statistics/index.ts'
