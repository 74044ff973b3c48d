const loopback = ['localhost', '127.0.0.1', '[::1]']

/** Whether a host, as an address writes it, is this very machine, so that what is sent there crosses no network. */
export const isThisMachine = (hostname: string): boolean => loopback.includes(hostname)
