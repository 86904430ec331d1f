import type { RequestOptions } from '../../lib/traffic';
import { Seeded } from './seeded';

const SEED = 2;
const WORDS = ['orders', 'cart', 'search', 'media', 'account'];
const ANY_METHOD = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const GROUPS = 20;

/** The conditions of a rule: all have to hold, and of each list one. */
export interface RuleConditions {
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
  readonly methods?: readonly string[];
  readonly header?: { readonly name: string; readonly values: readonly string[] };
}

/** Rules of one listener, of every kind that listeners in use have: most by path, some by host, method, header or the path's end. */
export function ruleSet(count: number): readonly RuleConditions[] {
  const random = new Seeded(SEED);
  return Array.from({ length: count }, (_, number) => conditionsOf(number, random.one(WORDS)));
}

function conditionsOf(number: number, word: string): RuleConditions {
  const name = `${word}-${number}`;
  switch (number % 10) {
    case 4:
      return { paths: [`/shop/*/${name}`] };
    case 5:
      return { hosts: [`${name}.example.com`] };
    case 6:
      return { hosts: [`*.${name}.example.com`], paths: ['/api/*'] };
    case 7:
      return { paths: [`/${name}/*`, `/v?/${name}/*`], methods: ['POST', 'PUT'] };
    case 8:
      return { paths: [`/${word}/*`], header: { name: 'X-Tenant', values: [`tenant-${number}*`] } };
    case 9:
      return { paths: [`*.${word.slice(0, 2)}${number}`] };
    default:
      return { paths: [`/${name}/*`] };
  }
}

/** Requests, each another one, that meet the conditions of a rule; nine in ten of them are for the second half of the rules. */
export function requestsFor(rules: readonly RuleConditions[], count: number): readonly RequestOptions[] {
  const random = new Seeded(SEED + 1);
  const half = Math.floor(rules.length / 2);
  return Array.from({ length: count }, () => {
    const number = random.happens(0.9) ? half + random.below(rules.length - half) : random.below(half);
    return requestFor(rules[number]!, random);
  });
}

function requestFor({ paths, hosts, methods, header }: RuleConditions, random: Seeded): RequestOptions {
  const fill = (pattern: string) =>
    pattern.replaceAll('*', () => `x${random.token()}`).replaceAll('?', () => `${random.below(10)}`);
  const host = fill(hosts ? random.one(hosts) : 'shop.example.com');
  const path = fill(paths ? random.one(paths) : `/start/*`);
  return {
    url: `http://${host}${path.startsWith('/') ? path : `/${path}`}`,
    method: random.one(methods ?? ANY_METHOD),
    ...(header ? { headers: { [header.name]: fill(header.values[0]!) } } : {}),
  };
}

/** The template of a balancer with these rules, by order, each of which forwards to a group or to two by weight. */
export function balancerTemplate(rules: readonly RuleConditions[]): object {
  const group = (number: number) => ({ Ref: `Group${number % GROUPS}` });
  const numbers = Array.from({ length: GROUPS }, (_, number) => number);
  return {
    Resources: {
      Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
      Listener: resource('Listener', {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      }),
      ...Object.fromEntries(
        numbers.map((number) => [
          `Group${number}`,
          resource('TargetGroup', { Protocol: 'HTTP', Port: 80, TargetType: 'ip' }),
        ]),
      ),
      ...Object.fromEntries(
        rules.map((rule, number) => [
          ruleId(number),
          resource('ListenerRule', {
            ListenerArn: { Ref: 'Listener' },
            Priority: number + 1,
            Conditions: propertiesOf(rule),
            Actions: [
              number % 4 === 0
                ? {
                    Type: 'forward',
                    ForwardConfig: {
                      TargetGroups: [
                        { TargetGroupArn: group(number), Weight: 90 },
                        { TargetGroupArn: group(number + 1), Weight: 10 },
                      ],
                    },
                  }
                : { Type: 'forward', TargetGroupArn: group(number) },
            ],
          }),
        ]),
      ),
    },
  };
}

/** The logical id of a rule by its place. */
export function ruleId(number: number): string {
  return `Rule${number}`;
}

function resource(type: string, Properties: object): object {
  return { Type: `AWS::ElasticLoadBalancingV2::${type}`, Properties };
}

function propertiesOf({ paths, hosts, methods, header }: RuleConditions): readonly object[] {
  return [
    ...(paths ? [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }] : []),
    ...(hosts ? [{ Field: 'host-header', HostHeaderConfig: { Values: hosts } }] : []),
    ...(methods ? [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: methods } }] : []),
    ...(header
      ? [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: header.name, Values: header.values } }]
      : []),
  ];
}
