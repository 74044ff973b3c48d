// Loaded first (`--import`) into a process that tools/ starts with a channel to it: when the starter is gone, however
// it went, this process ends too, the way it ends on SIGTERM. So a killed `npm start` leaves nothing that holds a port.
const patience = 10_000

process.channel?.unref()
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), patience).unref()
  process.kill(process.pid, 'SIGTERM')
})
