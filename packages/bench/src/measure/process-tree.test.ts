import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { cpuMsOf, rssOf } from './process-tree.ts'

/** Starts a child that burns so much CPU, says so, and ends when its input does. */
const burn = async (ms: number) => {
  const work = `while (process.cpuUsage().user < ${ms * 1000}); console.log('done'); process.stdin.resume()`
  const child = spawn(process.execPath, ['-e', work], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

describe('CPU time of a tree of processes', { skip: process.platform !== 'linux' }, () => {
  it('counts children that run, and goes on counting those that ended', async () => {
    const before = await cpuMsOf(process.pid)
    const child = await burn(300)
    const running = await cpuMsOf(process.pid)
    assert.ok(running - before >= 290, `${running - before} ms`)
    child.stdin?.end()
    await once(child, 'exit')
    assert.ok((await cpuMsOf(process.pid)) >= running)
  })

  it('knows how much memory there is to it', async () => {
    const own = process.memoryUsage.rss()
    assert.ok((await rssOf(process.pid)) > own / 2)
  })

  it('says so when there is no such process', async () => {
    const child = await burn(1)
    child.stdin?.end()
    await once(child, 'exit')
    await assert.rejects(cpuMsOf(child.pid ?? 0), /no process/)
  })
})
