import type { IConstruct } from 'constructs';

/**
 * Every error of this package: its code and what it is about. The first digit is the layer: 0 core, 1 waf, 2 balancing, 3 fleet,
 * 4 discovery, 5 proxy, 6 edge, 7 health, 8 dns, 9 failover, observability and patterns. `docs/troubleshooting.md` has an entry for each.
 */
export const ERROR_CODES = {
  HG0101: 'the zone is not usable',
  HG0102: 'the record is outside the zone',
  HG0103: 'the name is not a usable host name',
  HG0104: 'the name is too long',
  HG0105: 'the name is too long for a certificate',
  HG0201: 'the Region is unknown',
  HG0202: 'the number of zones is out of range',
  HG0203: 'a stack stands in the wrong Region',
  HG0204: 'a value crosses Regions',
  HG0205: 'cross-Region references are switched on',
  HG0206: 'the number of NAT gateways is out of range',
  HG0301: "a handler's bundle is missing",
  HG0401: 'the retention of logs is out of range',
  HG1001: 'the managed rule group is not usable',
  HG1002: 'the rate limit is out of range',
  HG1003: 'the country codes are not usable',
  HG1004: 'the address ranges are not usable',
  HG1005: 'the probe is not usable',
  HG1006: 'the required header is not usable',
  HG1007: 'a rule judges client addresses behind an edge',
  HG1008: 'the web ACL stands both at the edge and behind it',
  HG1009: 'the web ACL has too many rate rules',
  HG1010: 'a managed rule group stands twice in one web ACL',
  HG1011: 'the probe comes after the rule that blocks it',
  HG1012: 'the log destination is not usable',
  HG1013: 'the web ACL cannot be associated',
  HG2101: 'a port is out of range',
  HG2102: 'slow start is out of range',
  HG2103: 'the algorithm does not go with the option',
  HG2104: 'a weight is out of range',
  HG2105: 'stickiness is out of range',
  HG2106: 'the cookie belongs to the balancer',
  HG2107: 'stickiness needs cross-zone balancing',
  HG2108: 'health checks are switched off',
  HG2109: 'a health check setting is out of range',
  HG2110: 'the health check times out after its interval',
  HG2111: 'the health check expects an impossible answer',
  HG2112: 'one thing is said twice',
  HG2113: 'the port of the targets is missing',
  HG2114: 'the thresholds of target group health contradict each other',
  HG2115: 'a Lambda target does not go with the option',
  HG2116: 'the deregistration delay is out of range',
  HG2117: 'a target group stands on two balancers',
  HG2118: 'a target of all zones needs cross-zone balancing',
  HG2121: 'a forward has too few or too many groups',
  HG2122: 'a weight is missing',
  HG2123: 'all weights are zero',
  HG2124: 'a group is named twice',
  HG2125: 'application-cookie stickiness in a weighted forward',
  HG2126: 'group stickiness is missing',
  HG2127: 'group stickiness is out of range',
  HG2128: 'a route has the id of another',
  HG2129: 'a redirect would be refused',
  HG2130: 'a fixed response would be refused',
  HG2131: 'a route has no action, or two',
  HG2132: 'a listener cannot stand on the balancer',
  HG2133: 'the origin secrets are not known',
  HG2134: 'the number of the newest secret is out of range',
  HG2135: 'the log bucket is not usable',
  HG2136: 'the balancer has too few subnets',
  HG2137: 'the name of the secrets is not usable',
  HG2138: 'the certificate is of another Region',
  HG2141: 'nothing serves the probe',
  HG2142: 'a priority is taken on the same listener',
  HG2201: 'a condition has too few or too many values',
  HG2202: 'a path pattern is not usable',
  HG2203: 'a path prefix is not usable',
  HG2204: 'a host pattern is not usable',
  HG2205: 'a header name is not usable',
  HG2206: 'a header value is not usable',
  HG2207: 'a media type is not usable',
  HG2208: 'a request method is not usable',
  HG2209: 'a query text is not usable',
  HG2210: 'an address block is not usable',
  HG2211: 'a regular expression is not usable',
  HG2221: 'a rule has no condition',
  HG2222: 'a rule has too many condition values',
  HG2223: 'a rule has a condition twice',
  HG2224: 'a rule has too many wildcards',
  HG2225: 'a rule may have too many wildcards',
  HG2226: 'a condition may have too many values',
  HG2227: 'a condition mixes values and regular expressions',
  HG2301: 'a band of priorities is out of range',
  HG2302: 'a band of priorities is too narrow',
  HG2311: 'a priority is outside its band',
  HG2312: 'a priority is taken',
  HG2313: 'the specificity of a route is unknown',
  HG2314: 'two routes overlap on one level',
  HG2315: 'two routes got one priority',
  HG2316: 'a band of priorities is full',
  HG3001: 'the port is out of range',
  HG3002: 'the size of a fleet is not usable',
  HG3003: 'request scaling cannot act',
  HG3004: 'the launch template does not fit the fleet',
  HG3005: 'servers have no road to CloudFormation',
  HG3006: 'the VPC has no subnets for servers',
  HG3007: 'request scaling needs a balancer',
  HG3008: 'two fleets share one user data',
  HG3009: 'the user data is too long',
  HG6001: 'the path pattern is not usable',
  HG6002: 'the default time to live is above the maximum',
  HG6003: 'there are too many behaviors',
  HG6004: 'a behavior is shadowed',
  HG6005: 'an origin group gets writing methods',
  HG6006: 'a cached rule keeps nothing',
  HG6007: 'an option does nothing beside the web ACL',
  HG7001: 'the number of probes is out of range',
  HG7002: 'the host of a probe is not usable',
  HG7003: 'the port of a probe is out of range',
  HG7004: 'the path of a probe is not usable',
  HG7005: 'a probe expects an impossible status',
  HG7006: 'the search string of a probe is out of range',
  HG7007: 'the timeout of a probe is out of range',
  HG7008: 'the interval of a monitor is out of range',
  HG7009: 'the service name is not usable',
  HG7010: 'the probes do not fit into the environment',
  HG7011: 'subnets without a VPC',
  HG7012: 'the Region is not probed',
  HG7051: 'a calculated check has too few or too many children',
  HG7052: 'a calculated check has a calculated child',
  HG8001: 'no Region is routed',
  HG8002: 'a Region is routed twice',
  HG8003: 'the partner is not routed',
  HG9201: 'an option does nothing beside another',
  HG9202: 'the network is not known',
  HG9203: 'the balancer is not known',
  HG9205: 'the balancer has no public IPv4 address',
  HG9206: 'the balancer is internal',
  HG9211: 'the control Region serves traffic',
  HG9212: 'a Region is added twice',
  HG9213: 'a site stands in another account',
  HG9214: 'a secret header without an edge',
  HG9215: 'the Regions have different kinds of addresses',
  HG9216: 'Route 53 cannot probe the listener',
  HG9217: 'two stacks have one name',
  HG9218: 'a stack stands in another Stage',
  HG9219: 'the id makes no name of a stack',
  HG9220: 'the account is not usable',
} as const;

/** A code of the table above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * What this package throws. The message names the prop, the value, the limit and the way out; the code leads to
 * `docs/troubleshooting.md`. Not part of the jsii API, which has no exported errors: match on `name` and `code`.
 */
export class HeadgateError extends Error {
  public readonly code: ErrorCode;

  public constructor(code: ErrorCode, message: string, scope?: IConstruct) {
    super(problem(code, message, scope));
    this.name = 'HeadgateError';
    this.code = code;
  }
}

/** The text of a problem, as errors and `node.addValidation` show it. */
export function problem(code: ErrorCode, message: string, scope?: IConstruct): string {
  return `${code}: ${message}${scope ? ` [at ${scope.node.path}]` : ''}`;
}

/** A value as a message shows it: a text in quotes, so that '8080' and 8080 are told apart. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
