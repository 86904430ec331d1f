/** The protocols of listeners and target groups of Network Load Balancers. */
export const NETWORK_PROTOCOLS: ReadonlySet<string> = new Set(['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);
