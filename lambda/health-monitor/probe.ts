import type { Finding, Progress } from './exchange';
import { exchange } from './exchange';
import type { Network } from './network';
import type { ProbeResult, ProbeTarget } from './types';

/**
 * One attempt at a target. It resolves the host once, and connects to the address that the policy judged. Whatever the server does or
 * doesn't do, the attempt ends at the target's deadline.
 */
export async function probe(target: ProbeTarget, network: Network): Promise<ProbeResult> {
  const started = performance.now();
  const progress: Progress = { phase: 'look-up', reached: false };
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve(lateFinding(progress, target.timeoutMillis)), target.timeoutMillis);
  });
  try {
    const finding = await Promise.race([attempt(target, network, progress, abort.signal), deadline]);
    const latencyMillis = Math.round(performance.now() - started);
    return { cause: finding.cause, detail: finding.detail, reached: progress.reached, latencyMillis };
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

async function attempt(
  target: ProbeTarget,
  network: Network,
  progress: Progress,
  signal: AbortSignal,
): Promise<Finding> {
  let address: string | undefined;
  try {
    address = (await network.resolve(target.host))[0]?.address;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { cause: 'dns', detail: error.code };
  }
  if (address === undefined) return { cause: 'dns', detail: 'no address' };
  const refusal = network.refusal(address, target.allowPrivateAddresses);
  if (refusal !== undefined) return { cause: 'address', detail: refusal };
  if (signal.aborted) return lateFinding(progress, target.timeoutMillis);
  return exchange(target, { address, ca: network.ca, progress, signal });
}

function lateFinding({ phase }: Progress, timeoutMillis: number): Finding {
  const detail = `${timeoutMillis} ms over during ${phase}`;
  return phase === 'look-up' ? { cause: 'dns', detail } : { cause: 'timeout', detail };
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
