import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** An address that stays while what is behind it changes: a virtual address, or a name of a cloud's database service. */
export interface Address {
  port: number
  /** Cuts what is open, and leads to another place from now on. @param socket the path of a Unix socket */
  pointTo: (socket: string) => void
  close: () => Promise<void>
}

export const openAddress = async (socket: string): Promise<Address> => {
  let target = socket
  const open = new Set<Socket>()
  const keep = (each: Socket) => {
    open.add(each)
    each.once('close', () => open.delete(each)).on('error', () => {})
    return each
  }
  const cut = () => {
    for (const each of open) each.destroy()
  }
  const server = createServer((from) => {
    const to = keep(createConnection(target))
    keep(from).pipe(to).pipe(from)
    from.once('close', () => to.destroy())
    to.once('close', () => from.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    pointTo: (next) => {
      target = next
      cut()
    },
    close: async () => {
      const closed = once(server.close(), 'close')
      cut()
      await closed
    },
  }
}
