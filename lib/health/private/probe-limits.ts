import { isIP } from 'node:net';
import { type Duration, Token } from 'aws-cdk-lib';
import { type ErrorCode, HeadgateError } from '../../core/errors';

const MAX_TEXT = 255;
const STATUS = /^[2-5]\d\d(-[2-5]\d\d)?$/;

/** Fails unless `host` is a name or an address in its usual spelling. */
export function checkHost(host: string): void {
  if (Token.isUnresolved(host) || isIP(host) !== 0) return;
  const labels = host.split('.');
  const named = host.length <= 253 && labels.every((label) => /^(?![-])[A-Za-z0-9_-]{1,63}(?<!-)$/.test(label));
  // 0177.0.0.1, 2130706433 and 0x7f.1 are spellings of an address that only some readers understand.
  const numeric = /^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1)!);
  if (!named || numeric) {
    fail(
      'HG7002',
      'host',
      'a host name or an IP address',
      `'${host}'`,
      "leave scheme, port and path to their own props, and write an address as '192.0.2.1'",
    );
  }
}

/** Fails unless `port` is a TCP port. */
export function checkPort(port: number): void {
  if (!Token.isUnresolved(port) && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    fail('HG7003', 'port', 'an integer from 1 to 65535', `${port}`, 'give the port that the target listens on');
  }
}

/** Fails unless `path` can stand in a request as it is. */
export function checkPath(path: string): void {
  if (!Token.isUnresolved(path) && (!/^\/[\x21-\x7e]*$/.test(path) || path.length > MAX_TEXT)) {
    fail(
      'HG7004',
      'path',
      `1 to ${MAX_TEXT} printable ASCII characters that start with '/'`,
      `'${path}'`,
      'encode other characters with %',
    );
  }
}

/** Fails unless `codes` is a list of statuses and ranges of them. */
export function checkExpectedStatus(codes: string): void {
  if (Token.isUnresolved(codes)) return;
  const bad = codes.split(',').find((code) => !STATUS.test(code) || code.slice(0, 3) > code.slice(-3));
  if (bad !== undefined || codes.length > MAX_TEXT) {
    fail(
      'HG7005',
      'expectedStatus',
      "statuses from 200 to 599 such as '200', '200,204' or '200-399'",
      `'${codes}'`,
      'leave it out to expect 200-399',
    );
  }
}

/** Fails unless a body can be searched for `text`. */
export function checkSearchString(text: string | undefined): void {
  if (text !== undefined && !Token.isUnresolved(text) && (text === '' || text.length > MAX_TEXT)) {
    fail('HG7006', 'searchString', `1 to ${MAX_TEXT} characters`, `${text.length}`, 'search for a short marker');
  }
}

/** Fails unless an attempt may take so long. */
export function checkTimeout(timeout: Duration): void {
  const millis = timeout.isUnresolved() ? 1_000 : timeout.toMilliseconds({ integral: false });
  if (!Number.isInteger(millis) || millis < 1_000 || millis > 10_000) {
    fail('HG7007', 'timeout', '1 to 10 seconds', `${millis / 1_000} seconds`, 'three attempts must fit into a run');
  }
}

function fail(code: ErrorCode, prop: string, wanted: string, got: string, wayOut: string): never {
  throw new HeadgateError(code, `'${prop}' must be ${wanted}, got ${got}: ${wayOut}`);
}
