import { resolve } from 'node:path'
import { root } from '../programs.ts'
import type { Service } from './service.ts'
import { watchSources } from './source-watch.ts'

/**
 * Keeps a service running while its sources change: stops it and starts it again after each change. When it does not
 * start, or ends by itself, it says why and waits for the next change.
 * @param start starts it, and resolves when it is ready
 * @param folders where its sources are, from the root of the checkout
 */
export const keepRunning = async (
  start: () => Promise<Service>,
  folders: string[],
  say: (line: string) => void,
): Promise<Service> => {
  const tell = (error: Error): undefined => void say(error.message)
  const begin = async () => {
    const service = await start()
    void service.lost.then(tell)
    return service
  }

  const first = await begin()
  const { name } = first
  let current: Promise<Service | undefined> = Promise.resolve(first)
  const restart = () => {
    current = current.then(async (service) => {
      await service?.stop()
      say(`${name} starts again.`)
      return begin().catch(tell)
    })
  }

  const unwatch = watchSources(
    folders.map((folder) => resolve(root, folder)),
    restart,
  )
  const stop = async () => {
    unwatch()
    await (await current)?.stop()
  }
  return { name, lost: new Promise<never>(() => {}), stop }
}
