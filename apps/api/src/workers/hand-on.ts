import cluster, { type Worker } from 'node:cluster'

/** What node:cluster says as it hands a connection to a worker, and what the worker says when it has it. */
interface HandedOver {
  cmd: 'NODE_CLUSTER'
  act: 'newconn'
  seq: number
}
interface Acknowledged {
  ack: number
}

const isObject = (message: unknown): message is object => typeof message === 'object' && message !== null
const isHandedOver = (message: unknown): message is HandedOver =>
  isObject(message) && 'act' in message && message.act === 'newconn' && 'seq' in message
const isAcknowledged = (message: unknown): message is Acknowledged => isObject(message) && 'ack' in message

/** A connection, as node:cluster hands it over. */
interface Connection {
  close: () => void
}

/**
 * Gives connections that were handed to a worker, and that it did not take before it was killed, to another one, or cuts them
 * where there is none. By itself node:cluster waits for ever for the answer of one that is dead, and keeps such a connection
 * open, so that whoever asked is neither answered nor cut. A worker says that it has a connection before it reads from it:
 * nothing is done twice.
 *
 * This relies on what node:cluster says to itself, which its documentation does not promise; a test holds it. Where a later
 * version says it otherwise, nothing is handed on, and a balancer's own patience must do.
 *
 * @param isServed whether another worker takes connections
 */
export const handOnUntaken = ({ id, process: child }: Worker, isServed: () => boolean): void => {
  const untaken = new Map<number, Connection>()
  const send = child.send as (...said: unknown[]) => boolean
  child.send = (...said: unknown[]): boolean => {
    const [message, connection] = said
    if (connection && isHandedOver(message)) untaken.set(message.seq, connection as Connection)
    return send.apply(child, said)
  }
  child.on('internalMessage', (message: unknown) => {
    if (isAcknowledged(message)) untaken.delete(message.ack)
  })
  const handOn = (): void => {
    // What it said last is read first.
    if (child.connected) return void setImmediate(handOn)
    // Of one that owes an answer Node does not say so.
    if (cluster.workers?.[id]) child.emit('disconnect')
    // As one says it that takes no more.
    for (const [ack, connection] of untaken)
      if (isServed()) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false })
      else connection.close()
    untaken.clear()
  }
  child.once('exit', handOn)
}
