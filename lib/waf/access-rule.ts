import type { SecretValue } from 'aws-cdk-lib';
import { addressRule } from './private/address-rule';
import { countryRule } from './private/country-rule';
import { headerRule } from './private/header-rule';
import { probeRule } from './private/probe-rule';
import type { AccessRuleSpec } from './private/rule-fragment';

/** The one request that health checkers send. */
export interface ProbeRuleOptions {
  /**
   * The Host that they send, such as `us-east-1.origin.shop.example.com`; capitals make no difference. Route 53 adds the port when
   * it checks another one than 443 (R53-17): then give `name:port`. At most 200 characters.
   */
  readonly host: string;

  /** The path that they ask for, such as `/live`: compared character by character, without a query, at most 200 bytes. */
  readonly path: string;

  /**
   * How many of these requests one address may send in 300 seconds: an integer from 10 to 2,000,000,000. One checker that asks every 10
   * seconds sends 30.
   *
   * @default 300
   */
  readonly limit?: number;
}

/** A header that only the edge knows the value of. */
export interface RequireHeaderOptions {
  /** The header's name, such as `x-origin-secret`: 1 to 64 characters, capitals make no difference. */
  readonly name: string;

  /**
   * The values that are let in, such as the two newest secrets. They appear in the template as dynamic references only. A reference is
   * resolved again only when the web ACL itself changes, so a secret's value must never change: rotate by a new secret.
   */
  readonly values: SecretValue[];
}

const DEFAULT_PROBE_LIMIT = 300;

/**
 * Who is let in, before rate limits and managed rule groups have a say. In a web ACL the first of its kind is called by its factory
 * (`BlockAddresses`), the next by that and a number (`BlockAddresses2`).
 */
export class AccessRule {
  /**
   * Blocks requests from countries. It can't stand behind an edge.
   *
   * @param codes ISO 3166 codes of two capitals, such as `KP`
   */
  public static blockCountries(codes: string[]): AccessRule {
    return new AccessRule(countryRule(codes));
  }

  /**
   * Blocks requests from addresses. It can't stand behind an edge.
   *
   * @param cidrs IPv4 and IPv6 ranges, at most 10,000 of each, `/0` excepted
   */
  public static blockAddresses(cidrs: string[]): AccessRule {
    return new AccessRule(addressRule('block', cidrs));
  }

  /**
   * Lets requests from addresses in, past every later rule. It can't stand behind an edge.
   *
   * @param cidrs IPv4 and IPv6 ranges, at most 10,000 of each, `/0` excepted
   */
  public static allowAddresses(cidrs: string[]): AccessRule {
    return new AccessRule(addressRule('allow', cidrs));
  }

  /**
   * Lets the health checkers' request in, past every later rule: a GET with exactly this Host and path, rate limited per address.
   * Everything that differs, such as `/live/`, goes on to the later rules. Must come before `requireHeader()`.
   */
  public static probe(options: ProbeRuleOptions): AccessRule {
    return new AccessRule(probeRule(options.host, options.path, options.limit ?? DEFAULT_PROBE_LIMIT));
  }

  /**
   * Blocks every request whose header is missing or has none of the values. The web ACL then hides the header from its logs and from
   * sampled requests.
   */
  public static requireHeader(options: RequireHeaderOptions): AccessRule {
    return new AccessRule(headerRule(options.name, options.values));
  }

  private constructor(
    /** @internal */
    public readonly _spec: AccessRuleSpec,
  ) {}
}
