/** A range of HTTP statuses, both ends included. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** One thing to probe. All of it is fixed at synth; nothing comes from an event. */
export interface ProbeTarget {
  /** The Region that the target speaks for. */
  readonly region: string;
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly status: readonly StatusRange[];
  readonly searchString?: string;
  /** The deadline of the whole attempt: look-up, connection, TLS, response. */
  readonly timeoutMillis: number;
  readonly allowPrivateAddresses: boolean;
}

/** What the monitor does in one run. */
export interface MonitorConfig {
  readonly service: string;
  readonly attempts: number;
  /** How many attempts must agree: more than half. */
  readonly needed: number;
  /** The least time between the starts of two rounds. */
  readonly spacingMillis: number;
  readonly targets: readonly ProbeTarget[];
  /** Things that answer unless the monitor itself is cut off. */
  readonly controls: readonly ProbeTarget[];
}

/** What became of an attempt. */
export type Cause =
  | 'passed'
  | 'dns'
  | 'address'
  | 'local'
  | 'timeout'
  | 'connection'
  | 'tls'
  | 'protocol'
  | 'status'
  | 'search-string';

/** What one attempt showed. `detail` holds codes and numbers only, never what a server sent. */
export interface ProbeResult {
  readonly cause: Cause;
  readonly detail: string;
  /** Whether a machine at the other end gave any sign of life, an accepted or refused connection included. */
  readonly reached: boolean;
  readonly latencyMillis: number;
}

/** A result, with what it is about and when it was taken. */
export interface Observation extends ProbeResult {
  /** The very object of the configuration. */
  readonly target: ProbeTarget;
  readonly control: boolean;
  readonly round: number;
  readonly atMillis: number;
}

export type Verdict = 'healthy' | 'unhealthy' | 'unknown';

/** What the run says of one Region. */
export interface RegionVerdict {
  readonly region: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** The median of the attempts that passed; absent when none did. */
  readonly latencyMillis?: number;
}
