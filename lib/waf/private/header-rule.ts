import { type SecretValue, Token } from 'aws-cdk-lib';
import { HeadgateError } from '../../core/errors';
import { MAX_SEARCH_BYTES } from './probe-rule';
import type { AccessRuleSpec } from './rule-fragment';
import { anyOf, exactly, header, not } from './statements';

/** What WAF takes as the name of a header, both to inspect and to protect. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

/**
 * Blocks every request whose header is none of the values. A request without the header matches no value, so it is blocked too.
 */
export function headerRule(name: string, values: SecretValue[]): AccessRuleSpec {
  checkName(name);
  const literals = values.map((value) => value.unsafeUnwrap());
  checkValues(literals);
  return {
    kind: 'RequireHeader',
    label: 'AccessRule.requireHeader()',
    judgesAddress: false,
    gate: 'demands',
    secretHeaders: [name.toLowerCase()],
    rateRules: 0,
    render: (binding) => [
      {
        name: binding.name,
        action: 'block',
        // The values render as dynamic references, which CloudFormation resolves in SearchString (SM-1).
        statement: not(anyOf(literals.map((value) => exactly(header(name), value)))),
      },
    ],
  };
}

function checkName(name: string): void {
  if (Token.isUnresolved(name) || !HEADER_NAME.test(name)) {
    throw new HeadgateError(
      'HG1006',
      `'name' must be a literal header name of 1 to 64 characters, got '${name}': use one such as 'x-origin-secret'`,
    );
  }
}

function checkValues(values: string[]): void {
  if (values.length === 0) {
    throw new HeadgateError(
      'HG1006',
      "'values' must have at least one secret, got none: without one every request would be blocked",
    );
  }
  const resolved = values.filter((value) => !Token.isUnresolved(value));
  if (resolved.some((value) => value.length === 0 || Buffer.byteLength(value) > MAX_SEARCH_BYTES)) {
    throw new HeadgateError(
      'HG1006',
      `'values' must be secrets of 1 to ${MAX_SEARCH_BYTES} bytes, got one of another length: an empty one would let in whoever sends the header empty`,
    );
  }
}
