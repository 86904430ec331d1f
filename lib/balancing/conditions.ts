import { Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HeadgateError } from '../core/errors';
import { conditionProblems } from './private/condition-limits';
import type { RawCondition } from './private/overlap';

/**
 * Conditions of a rule, for our routes and for anybody's `ApplicationListenerRule`. Each checks when it is made what AWS would refuse when
 * it is deployed.
 *
 * Any of a condition's values may match, and all conditions of a rule must. A rule takes 5 values and 5 wildcards in all, and one
 * condition each on path, host, method and address; any number on headers and queries.
 *
 * In values `*` stands for any number of characters and `?` for exactly one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export class Conditions {
  /**
   * The path matches one of the patterns as a whole, with regard to case and without the query. `/api/*` doesn't match `/api`.
   *
   * @param patterns up to 5, each of 1 to 128 letters, digits and `_-.$/~"'@:+&*?`, beginning with `/` or `*` (ALB-3, ALB-10)
   */
  public static path(...patterns: string[]): elbv2.ListenerCondition {
    return checked({ field: 'path-pattern', pathPatternConfig: { values: patterns } });
  }

  /**
   * The path is the prefix or lies under it: `/api` is `/api` and `/api/*`, two values. `/` is every path, one value.
   *
   * @param prefix begins with `/` and has no wildcard, at most 126 characters; a slash at its end makes no difference
   */
  public static pathUnder(prefix: string): elbv2.ListenerCondition {
    if (!Token.isUnresolved(prefix) && (!prefix.startsWith('/') || /[*?]/.test(prefix))) {
      throw new HeadgateError(
        'HG2203',
        `'prefix' must begin with '/' and have no wildcard, got '${prefix}': write '/api', or use Conditions.path() for patterns`,
      );
    }
    const root = prefix.replace(/\/+$/, '');
    return Conditions.path(...(root === '' ? ['/*'] : [root, `${root}/*`]));
  }

  /**
   * The path matches one of the regular expressions. A route with it needs an explicit priority.
   *
   * @param patterns up to 5, each of 1 to 128 characters without look-around, back-references, possessive quantifiers, atomic groups,
   * recursion and `\p` (ALB-6)
   */
  public static pathRegex(...patterns: string[]): elbv2.ListenerCondition {
    return checked({ field: 'path-pattern', pathPatternConfig: { regexValues: patterns } });
  }

  /**
   * The Host header matches one of the patterns, without regard to case. `*.example.com` doesn't match `example.com` (ALB-4).
   *
   * @param patterns up to 5, each of 1 to 128 letters, digits and `-.*?`, with a dot and a letter after the last one; no port
   */
  public static host(...patterns: string[]): elbv2.ListenerCondition {
    return checked({ field: 'host-header', hostHeaderConfig: { values: patterns } });
  }

  /**
   * The Host header matches one of the regular expressions: the way to match a port (ALB-4).
   *
   * @param patterns as those of `pathRegex`
   */
  public static hostRegex(...patterns: string[]): elbv2.ListenerCondition {
    return checked({ field: 'host-header', hostHeaderConfig: { regexValues: patterns } });
  }

  /**
   * The header matches one of the values as a whole, without regard to case. If it comes several times, one of them does.
   *
   * @param name 1 to 40 characters without wildcards, another header than Host; its case makes no difference (ALB-5, ALB-10)
   * @param values up to 5, each of 1 to 128 visible characters; a literal `*` or `?` is a matter for `headerRegex`
   */
  public static header(name: string, ...values: string[]): elbv2.ListenerCondition {
    return checked({ field: 'http-header', httpHeaderConfig: { httpHeaderName: name, values } });
  }

  /**
   * The header matches one of the regular expressions.
   *
   * @param name as that of `header`
   * @param patterns as those of `pathRegex`
   */
  public static headerRegex(name: string, ...patterns: string[]): elbv2.ListenerCondition {
    return checked({ field: 'http-header', httpHeaderConfig: { httpHeaderName: name, regexValues: patterns } });
  }

  /**
   * The Content-Type is one of the media types, with or without parameters. An exact type takes two values, so that `application/json`
   * matches `application/json; charset=utf-8` and doesn't match `application/json5`; `image/*` takes one.
   *
   * @param mediaTypes `type/subtype` or `type/*`, without parameters: up to 5 values in all, so up to two exact types
   */
  public static contentType(...mediaTypes: string[]): elbv2.ListenerCondition {
    return Conditions.header('content-type', ...mediaTypes.flatMap(mediaTypeValues));
  }

  /**
   * The method is one of these, exactly. Answers to HEAD may be cached: route it as GET.
   *
   * @param methods up to 5, each of 1 to 40 of A–Z, `-` and `_` (ALB-10)
   */
  public static method(...methods: string[]): elbv2.ListenerCondition {
    return checked({ field: 'http-request-method', httpRequestMethodConfig: { values: methods } });
  }

  /**
   * The query has the key with one of the values, without regard to case.
   *
   * Key and values are compared with the query as the client sends it and take wildcards; a literal `*` or `?` is written with a
   * backslash in front of it, `\*` and `\?`, which is `'\\*'` in source code (ALB-10).
   *
   * @param key 1 to 128 characters that a query can have (RFC 3986), without `&`
   * @param values up to 5, each as the key; `*` for any
   */
  public static query(key: string, ...values: string[]): elbv2.ListenerCondition {
    return checked({ field: 'query-string', queryStringConfig: { values: values.map((value) => ({ key, value })) } });
  }

  /**
   * The query has one of the values, under any key or none. What `query` says of case, wildcards and escapes holds here.
   *
   * @param values up to 5, each of 1 to 128 characters that a query can have (RFC 3986), without `&`
   */
  public static queryValue(...values: string[]): elbv2.ListenerCondition {
    return checked({ field: 'query-string', queryStringConfig: { values: values.map((value) => ({ value })) } });
  }

  /**
   * The connection comes from one of the address blocks. It is not X-Forwarded-For: behind CloudFront or a proxy these are *its* addresses
   * (ALB-5).
   *
   * @param cidrs up to 5 IPv4 or IPv6 blocks in CIDR notation, such as `198.51.100.0/24`; not 255.255.255.255/32
   */
  public static sourceIp(...cidrs: string[]): elbv2.ListenerCondition {
    return checked({ field: 'source-ip', sourceIpConfig: { values: cidrs } });
  }

  private constructor() {}
}

/** The L2's own factories render no regular expressions (CDK-12). */
class RenderedCondition extends elbv2.ListenerCondition {
  public constructor(private readonly raw: RawCondition) {
    super();
  }

  public renderRawCondition(): RawCondition {
    return this.raw;
  }
}

function checked(raw: RawCondition): elbv2.ListenerCondition {
  // Warnings are about the whole rule and are given there.
  const error = conditionProblems(raw).find(({ severity }) => severity === 'error');
  if (error) throw new HeadgateError(error.code, error.message);
  return new RenderedCondition(raw);
}

/** A type's restricted names (RFC 6838), and `*` for the subtype. */
const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*\/(?:\*|[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*)$/;

function mediaTypeValues(type: string): string[] {
  if (!Token.isUnresolved(type) && !MEDIA_TYPE.test(type)) {
    throw new HeadgateError(
      'HG2207',
      `'mediaTypes' must be types such as 'application/json' or 'image/*', got '${type}': leave parameters out, or use Conditions.header('content-type', …)`,
    );
  }
  return type.endsWith('/*') ? [type] : [type, `${type};*`];
}
