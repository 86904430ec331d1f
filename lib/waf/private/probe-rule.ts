import { Token } from 'aws-cdk-lib';
import { HeadgateError } from '../../core/errors';
import { checkLimit, DEFAULT_WINDOW_SECONDS } from './rate';
import type { AccessRuleSpec } from './rule-fragment';
import { allOf, exactly, header, METHOD, overRate, URI_PATH } from './statements';

/** What a byte match searches for, at most (SearchString in the WAFV2 API reference). */
export const MAX_SEARCH_BYTES = 200;

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

/**
 * Lets one exact request in: GET, this Host, this path. Everything else, `/live/`, `/x/../live` and `HEAD` included, goes on to the next
 * rules, since Allow ends evaluation and no managed group would see it (WAF-2). Hosts are compared in lower case, paths as they come; a host that is a token must be in lower case.
 */
export function probeRule(host: string, path: string, limit: number): AccessRuleSpec {
  checkHost(host);
  checkPath(path);
  checkLimit('HG1005', limit);
  const request = allOf([
    exactly(METHOD, 'GET'),
    exactly(header('host'), Token.isUnresolved(host) ? host : host.toLowerCase(), 'LOWERCASE'),
    exactly(URI_PATH, path),
  ]);
  return {
    kind: 'Probe',
    label: 'AccessRule.probe()',
    // The checkers reach a balancer directly, so that its own rate limit sees their addresses, an edge or not.
    judgesAddress: false,
    gate: 'exempts',
    secretHeaders: [],
    rateRules: 1,
    render: ({ name }) => [
      { name: `${name}Limit`, action: 'block', statement: overRate(limit, DEFAULT_WINDOW_SECONDS, request) },
      { name, action: 'allow', statement: request },
    ],
  };
}

function checkHost(host: string): void {
  if (Token.isUnresolved(host)) return;
  if (!HOST.test(host.toLowerCase()) || host.length > MAX_SEARCH_BYTES) {
    throw new HeadgateError(
      'HG1005',
      `'host' must be a host name of at most ${MAX_SEARCH_BYTES} characters, with ':port' if the checkers send one, got '${host}': give the name that they ask for, such as 'us-east-1.origin.shop.example.com'`,
    );
  }
}

function checkPath(path: string): void {
  if (Token.isUnresolved(path)) return;
  if (!/^\/[^?#\s]*$/.test(path) || Buffer.byteLength(path) > MAX_SEARCH_BYTES) {
    throw new HeadgateError(
      'HG1005',
      `'path' must start with '/' and have neither query nor blanks, at most ${MAX_SEARCH_BYTES} bytes, got '${path}': give the path alone, such as '/live'`,
    );
  }
}
