import { isIPv4, isIPv6 } from 'node:net';
import { Token } from 'aws-cdk-lib';
import { CfnIPSet, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { HeadgateError } from '../../core/errors';
import type { AccessRuleSpec, RuleBinding } from './rule-fragment';
import { anyOf } from './statements';

/** What an IP set holds. */
const MAX_ADDRESSES = 10_000;

/** Blocks or allows requests by the address they come from. */
export function addressRule(action: 'allow' | 'block', cidrs: string[]): AccessRuleSpec {
  if (cidrs.length === 0) {
    throw new HeadgateError(
      'HG1004',
      "'cidrs' must name at least one address range, got none: leave the rule out instead",
    );
  }
  const versions = new Map<IpVersion, string[]>([
    ['IPV4', cidrs.filter((cidr) => ipVersion(cidr) === 'IPV4')],
    ['IPV6', cidrs.filter((cidr) => ipVersion(cidr) === 'IPV6')],
  ]);
  for (const [version, addresses] of versions) {
    if (addresses.length > MAX_ADDRESSES) {
      throw new HeadgateError(
        'HG1004',
        `'cidrs' must have at most ${MAX_ADDRESSES} ranges of one IP version, got ${addresses.length} of ${version}: merge ranges, or use several rules`,
      );
    }
  }
  return {
    kind: action === 'allow' ? 'AllowAddresses' : 'BlockAddresses',
    label: `AccessRule.${action}Addresses()`,
    judgesAddress: true,
    secretHeaders: [],
    rateRules: 0,
    render: (binding) => [{ name: binding.name, action, statement: anyOf(ipSets(binding, versions)) }],
  };
}

type IpVersion = 'IPV4' | 'IPV6';

/** The sets have no physical names, so that replacing one never meets its own name. */
function ipSets(binding: RuleBinding, versions: Map<IpVersion, string[]>): CfnWebACL.StatementProperty[] {
  return [...versions]
    .filter(([, addresses]) => addresses.length > 0)
    .map(([version, addresses]) => {
      const set = new CfnIPSet(binding.scope, `${binding.name}${version === 'IPV4' ? 'Ipv4' : 'Ipv6'}`, {
        addresses,
        ipAddressVersion: version,
        scope: binding.webAclScope,
      });
      return { ipSetReferenceStatement: { arn: set.attrArn } };
    });
}

function ipVersion(cidr: string): IpVersion {
  if (Token.isUnresolved(cidr)) {
    throw new HeadgateError(
      'HG1004',
      "'cidrs' must be literals, got a token: whether a range is IPv4 or IPv6 decides which set it goes into",
    );
  }
  const [address, prefix, ...rest] = cidr.split('/');
  // Node takes an IPv6 zone (`fe80::1%eth0`) for part of an address.
  const bits = isIPv4(address!) ? 32 : isIPv6(address!) && !address!.includes('%') ? 128 : 0;
  const length = /^[1-9]\d{0,2}$/.test(prefix ?? '') ? Number(prefix) : 0;
  if (bits === 0 || rest.length > 0 || length < 1 || length > bits) {
    throw new HeadgateError(
      'HG1004',
      `'cidrs' must be ranges of /1 to /32 (IPv4) or /128 (IPv6), got '${cidr}': write '203.0.113.0/24', or '203.0.113.7/32' for one address`,
    );
  }
  return bits === 32 ? 'IPV4' : 'IPV6';
}
