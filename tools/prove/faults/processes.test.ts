import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { isRunning } from './processes.ts'

describe('whether a process runs', () => {
  it('is so until it ends, and not while it only stands in the list', async () => {
    // A shell that starts a process which ends at once, and that never asks how.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'])
    try {
      const [said] = await once(parent.stdout, 'data')
      const child = Number(String(said).trim())
      assert.ok(isRunning(parent.pid ?? 0))
      while (isRunning(child)) await new Promise((resolve) => setImmediate(resolve))
    } finally {
      parent.kill('SIGKILL')
    }
    await once(parent, 'close')
    assert.equal(isRunning(parent.pid ?? 0), false)
  })
})
