/**
 * Loaded (`--import`, with `--expose-gc`) into a process whose memory is watched for growth: whenever it is asked over its
 * channel, it collects what is garbage and tells what is left.
 */
const tell = () => {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed: heap, external, rss } = process.memoryUsage()
  process.send?.({ heap, external, rss })
}

process.on('message', tell)
// Whoever listens to a channel is kept alive by it.
process.channel?.unref()
