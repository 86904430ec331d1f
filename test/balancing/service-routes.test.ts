import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  Conditions,
  type RouteProps,
  ServiceRoutes,
  type ServiceRoutesProps,
  Stickiness,
  TargetGroup,
} from '../../lib/balancing';

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const LISTENER_ARN =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/theirs/50dc6c495c0c9188/f2f7dc8efc522ab2';
const OK = elbv2.ListenerAction.fixedResponse(200);

function newVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

/** A listener of the L2 that knows nothing of this package. */
function plainListener(stack: Stack, id = 'Plain'): elbv2.ApplicationListener {
  const vpc = (stack.node.tryFindChild('Vpc') as ec2.IVpc | undefined) ?? newVpc(stack);
  const balancer = new elbv2.ApplicationLoadBalancer(stack, `${id}Balancer`, { vpc });
  return balancer.addListener('Http', { port: 80, open: false, defaultAction: OK });
}

function imported(stack: Stack): elbv2.IApplicationListener {
  return elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Theirs', {
    listenerArn: LISTENER_ARN,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'TheirGroup', 'sg-1', { allowAllOutbound: false }),
  });
}

function routes(props: Partial<ServiceRoutesProps> = {}, stack = new Stack(undefined, 'Shop')): ServiceRoutes {
  return new ServiceRoutes(stack, 'Routes', { listener: props.listener ?? plainListener(stack), ...props });
}

function groups(own: ServiceRoutes, count: number): TargetGroup[] {
  const stack = Stack.of(own);
  const vpc = stack.node.findChild('Vpc') as unknown as ec2.IVpc;
  return Array.from({ length: count }, (_, index) => new TargetGroup(stack, `Group${index}`, { vpc, port: 8080 }));
}

/** What CloudFormation gets for the rules, by logical id. */
function rulesOf(own: ServiceRoutes): Record<string, { Properties: Record<string, unknown> }> {
  return Template.fromStack(Stack.of(own)).findResources(RULE) as never;
}

const under = (...prefix: string[]): RouteProps => ({ conditions: [Conditions.pathUnder(prefix[0]!)], action: OK });

/** The message that adding a route fails with. */
function refusal(own: ServiceRoutes, id: string, props: RouteProps): string {
  try {
    own.addRoute(id, props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('a route', () => {
  test('is the rule of the L2, on the listener, with conditions, priority and action', () => {
    const own = routes();
    const [web] = groups(own, 1);
    const rule = own.addRoute('Api', { conditions: [Conditions.pathUnder('/api')], forwardTo: [web!.weighted(1)] });
    expect(rule).toBeInstanceOf(elbv2.ApplicationListenerRule);
    expect(rule.node.path).toBe('Shop/Routes/Api');
    expect(Object.values(rulesOf(own))).toEqual([
      expect.objectContaining({
        Properties: {
          ListenerArn: { Ref: expect.stringContaining('PlainBalancerHttp') },
          Priority: 46_876,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api', '/api/*'] } }],
          Actions: [
            {
              Type: 'forward',
              ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: expect.stringContaining('Group0') }, Weight: 1 }] },
            },
          ],
        },
      }),
    ]);
  });

  test('forwards to groups by weights, and keeps clients with a group when it is told to', () => {
    const own = routes();
    const [blue, green] = groups(own, 2);
    own.addRoute('All', {
      conditions: [Conditions.pathUnder('/')],
      forwardTo: [blue!.weighted(90), green!.weighted(10)],
      groupStickiness: Duration.hours(1),
    });
    expect(Object.values(rulesOf(own))[0]!.Properties.Actions).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: expect.stringContaining('Group0') }, Weight: 90 },
            { TargetGroupArn: { Ref: expect.stringContaining('Group1') }, Weight: 10 },
          ],
          TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 3600 },
        },
      },
    ]);
  });

  test('forwards to groups of the L2 and to imported ones', () => {
    const own = routes();
    const stack = Stack.of(own);
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/theirs/73e2d6bc24d8a067';
    const theirs = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'TheirGroup', { targetGroupArn: arn });
    const vpc = stack.node.findChild('Vpc') as unknown as ec2.IVpc;
    const plain = new elbv2.ApplicationTargetGroup(stack, 'PlainGroup', { vpc, port: 80 });
    own.addRoute('All', {
      conditions: [Conditions.pathUnder('/')],
      forwardTo: [
        { targetGroup: theirs, weight: 1 },
        { targetGroup: plain, weight: 1 },
      ],
    });
    expect(JSON.stringify(rulesOf(own))).toContain(arn);
  });

  test.each<[string, elbv2.ListenerAction, object]>([
    [
      'redirects',
      elbv2.ListenerAction.redirect({ path: '/new', permanent: true }),
      { Type: 'redirect', RedirectConfig: { Path: '/new', StatusCode: 'HTTP_301' } },
    ],
    [
      'answers',
      elbv2.ListenerAction.fixedResponse(503, { contentType: 'text/plain', messageBody: 'Back at noon' }),
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '503', ContentType: 'text/plain', MessageBody: 'Back at noon' },
      },
    ],
  ])('%s by an action of the L2', (_, action, expected) => {
    const own = routes();
    own.addRoute('Old', { conditions: [Conditions.pathUnder('/old')], action });
    expect(Object.values(rulesOf(own))[0]!.Properties.Actions).toEqual([expected]);
  });

  test('takes conditions of the L2', () => {
    const own = routes();
    own.addRoute('Api', { conditions: [elbv2.ListenerCondition.pathPatterns(['/api', '/api/*'])], action: OK });
    expect(Object.values(rulesOf(own))[0]!.Properties.Priority).toBe(46_876);
  });

  test('takes a weight that is a token', () => {
    const own = routes();
    const [web] = groups(own, 1);
    const weight = new CfnParameter(Stack.of(own), 'Weight', { type: 'Number' }).valueAsNumber;
    own.addRoute('All', { conditions: [Conditions.pathUnder('/')], forwardTo: [web!.weighted(weight)] });
    expect(JSON.stringify(rulesOf(own))).toContain('"Weight":{"Ref":"Weight"}');
  });

  test('warns of what AWS documents in two ways', () => {
    const own = routes();
    const conditions = [Conditions.path('/a', '/b', '/c', '/d')];
    own.addRoute('Four', { conditions, action: OK });
    const text = Match.stringLikeRegexp("'path-pattern' has 4 values and AWS's guide allows 3 a condition");
    Annotations.fromStack(Stack.of(own)).hasWarning('/Shop/Routes/Four', text);
  });

  test('may be made to rewrite by the L1 that stands under it', () => {
    const own = routes();
    const rule = own.addRoute('Api', under('/api')).node.defaultChild as elbv2.CfnListenerRule;
    rule.transforms = [{ type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex: '^/api', replace: '' }] } }];
    expect(Object.values(rulesOf(own))[0]!.Properties).toHaveProperty('Transforms');
  });
});

describe('the priority of a route', () => {
  /** The priorities of routes that are added in this order, by id. */
  function numbers(added: [string, RouteProps][], props: Partial<ServiceRoutesProps> = {}): Record<string, unknown> {
    const own = routes(props);
    for (const [id, route] of added) own.addRoute(id, route);
    const entries = own.node.children.map((rule) => [rule.node.id, (rule.node.defaultChild as elbv2.CfnListenerRule).priority]);
    return Object.fromEntries(entries);
  }

  const post = Conditions.method('POST');
  const tenant = Conditions.header('X-Tenant', 'acme');
  const all: [string, RouteProps] = ['All', under('/')];
  const api: [string, RouteProps] = ['Api', under('/api')];
  const orders: [string, RouteProps] = ['Orders', under('/api/orders')];
  const upload: [string, RouteProps] = ['Upload', { conditions: [Conditions.pathUnder('/api'), post], action: OK }];
  const deeper: [string, RouteProps] = ['Deeper', { conditions: [Conditions.path('/a/b/c/d/e'), post, tenant], action: OK }];
  const shop = [all, api, orders, upload, deeper];

  test('is this number, in every release', () => {
    expect(numbers(shop)).toEqual({ All: 49_617, Api: 46_876, Orders: 37_726, Upload: 42_729, Deeper: 30_176 });
  });

  test('is this number in a band of another team', () => {
    const band = { firstPriority: 20_000, lastPriority: 24_999 };
    expect(numbers([['Checkout', under('/checkout')]], band)).toEqual({ Checkout: 24_311 });
  });

  test('tries the more specific route first', () => {
    const { All, Api, Orders, Upload, Deeper } = numbers(shop) as Record<string, number>;
    expect([All, Api, Orders, Upload, Deeper].sort((a, b) => a! - b!)).toEqual([Deeper, Orders, Upload, Api, All]);
  });

  test.each<[string, [string, RouteProps][]]>([
    ['order', [...shop].reverse()],
    ['number', [api, deeper]],
    ['company', [['Cart', under('/cart')], ['Old', under('/old')], ...shop]],
    ['names of the others', [all, api, orders, upload, ['Renamed', deeper[1]]]],
  ])('does not depend on their %s', (_, added) => {
    const before = numbers(shop);
    const after = numbers(added);
    for (const id of Object.keys(after).filter((kept) => kept in before)) expect(after[id]).toBe(before[id]);
    expect(Object.keys(after).filter((kept) => kept in before).length).toBeGreaterThan(1);
  });

  test('may be said, and then stands', () => {
    expect(numbers([['Api', { ...under('/api'), priority: 30_000 }]])).toEqual({ Api: 30_000 });
    expect(numbers([['Api', { ...under('/api'), priority: 49_999 }]])).toEqual({ Api: 49_999 });
  });

  test('may be a token', () => {
    const own = routes();
    own.addRoute('Api', { ...under('/api'), priority: Lazy.number({ produce: () => 31_000 }) });
    expect(Object.values(rulesOf(own))[0]!.Properties.Priority).toBe(31_000);
  });
});

describe('a priority that cannot be had', () => {
  test.each<[string, RouteProps, RouteProps & { band?: [number, number]; ids?: [string, string] }, string]>([
    [
      'of two routes that overlap and are as specific',
      { conditions: [Conditions.path('/api/*')], action: OK },
      { conditions: [Conditions.path('/api/v?')], action: OK },
      "HG2314: 'priority' must be given for the route 'Second', which overlaps 'First' and is as specific: both match path '/api/vx'",
    ],
    [
      'of two routes that hash to one number in a narrow band',
      under('/five'),
      { ...under('/nineteen'), band: [100, 1_099], ids: ['Route5', 'Route19'] },
      "HG2315: 'priority' must be given for the route 'Route19', since its own, 872, is also that of 'Route5'",
    ],
    [
      'outside the band',
      under('/a'),
      { ...under('/b'), priority: 29_999 },
      "HG2311: 'priority' must be an integer from 30000 to 49999, got 29999",
    ],
    [
      'that another route has',
      { ...under('/a'), priority: 31_000 },
      { ...under('/b'), priority: 31_000 },
      "HG2312: 'priority' must be a number that no other route has, got 31000, which 'First' has",
    ],
    [
      'of a regular expression',
      under('/a'),
      { conditions: [Conditions.pathRegex('^/v[0-9]/')], action: OK },
      "HG2313: 'priority' must be given for the route 'Second', since its path is a regular expression",
    ],
  ])('%s fails, with a free one and with the path of the routes', (_, first, { band, ids, ...second }, text) => {
    const own = routes(band && { firstPriority: band[0], lastPriority: band[1] });
    own.addRoute(ids?.[0] ?? 'First', first);
    const message = refusal(own, ids?.[1] ?? 'Second', second);
    expect(message).toContain(text);
    expect(message).toMatch(/\d+ is free and in the right place \[at Shop\/Routes\]$/);
  });

  test('does not block the route when the one that is suggested is given', () => {
    const own = routes();
    own.addRoute('First', { conditions: [Conditions.path('/api/*')], action: OK });
    const second = { conditions: [Conditions.path('/api/v?')], action: OK };
    const [, free] = /(\d+) is free/.exec(refusal(own, 'Second', second)) ?? [];
    expect(() => own.addRoute('Second', { ...second, priority: Number(free) })).not.toThrow();
  });

  test.each<[Partial<ServiceRoutesProps>, string]>([
    [{ firstPriority: 99 }, 'HG2301'],
    [{ lastPriority: 50_001 }, 'HG2301'],
    [{ firstPriority: 50_000 }, 'HG2301'],
    [{ firstPriority: 49_001 }, 'HG2302'],
  ])('fails with the band %j, at once', (band, code) => {
    expect(() => routes(band)).toThrow(new RegExp(`^${code}: .*\\[at Shop/Routes\\]$`));
  });
});

describe('a forward', () => {
  const conditions = [Conditions.pathUnder('/')];

  test.each([-1, 1000, 1.5, Number.NaN])('fails on the weight %d of an L2 group', (weight) => {
    const own = routes();
    const [web] = groups(own, 1);
    expect(() => own.addRoute('All', { conditions, forwardTo: [{ targetGroup: web!, weight }] })).toThrow(
      `HG2104: 'weight' must be an integer from 0 to 999, got ${weight}: weights are shares of their sum, so 90 and 10 do what 900 and 100 do [at Shop/Routes]`,
    );
  });

  test.each<[string, (given: TargetGroup[]) => elbv2.WeightedTargetGroup[], string]>([
    ['no group', () => [], "HG2121: 'forwardTo' must name 1 to 5 target groups, got 0 (ALB-2): name the group that serves the route"],
    ['six groups', (given) => given.map((one) => one.weighted(1)), "HG2121: 'forwardTo' must name 1 to 5 target groups, got 6 (ALB-2): split the route"],
    [
      'one weight missing',
      ([one, two]) => [one!.weighted(1), { targetGroup: two! }],
      "HG2122: 'weight' must be given for each of several target groups, got none for 'Shop/Group1' (ALB-20): use weighted(n) on each",
    ],
    [
      'all weights zero',
      ([one, two]) => [one!.weighted(0), two!.weighted(0)],
      "HG2123: 'weight' must be above 0 for at least one target group, got 0 for all: what a balancer does then is undocumented (ALB-20); give one a weight, or answer with a fixed response",
    ],
    ['its only weight zero', ([one]) => [one!.weighted(0)], "HG2123: 'weight' must be above 0 for at least one target group"],
    [
      'one group twice',
      ([one, two]) => [one!.weighted(1), two!.weighted(1), one!.weighted(2)],
      "HG2124: 'forwardTo' names 'Shop/Group0' twice: add its weights up and name it once",
    ],
  ])('fails with %s, and with the path of the routes', (_, forwardTo, text) => {
    const own = routes();
    const message = refusal(own, 'All', { conditions, forwardTo: forwardTo(groups(own, 6)) });
    expect(message).toContain(text);
    expect(message).toMatch(/\[at Shop\/Routes\]$/);
  });

  test('fails with one imported group under two ids', () => {
    const own = routes();
    const attributes = { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1' };
    const twice = ['One', 'Two'].map((id) =>
      elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(Stack.of(own), id, attributes),
    );
    const forwardTo = twice.map((targetGroup) => ({ targetGroup, weight: 1 }));
    expect(refusal(own, 'All', { conditions, forwardTo })).toContain("HG2124: 'forwardTo' names 'Shop/Two' twice");
  });

  test('takes five groups, weights of 0 beside others, and one group without a weight', () => {
    const own = routes();
    const five = groups(own, 5);
    const [one, ...rest] = five;
    own.addRoute('Five', { ...{ conditions }, forwardTo: [one!.weighted(999), ...rest.map((other) => other.weighted(0))] });
    own.addRoute('One', { conditions: [Conditions.pathUnder('/one')], forwardTo: [{ targetGroup: one! }] });
    expect(Object.keys(rulesOf(own))).toHaveLength(2);
  });

  test.each<[string, (given: TargetGroup[]) => elbv2.ListenerAction, string]>([
    [
      'a weight of 1000',
      ([one, two]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), { targetGroup: two!, weight: 1000 }]),
      "HG2104: 'weight' must be an integer from 0 to 999, got 1000",
    ],
    ['six groups', (given) => elbv2.ListenerAction.forward(given), "HG2121: 'action' must name 1 to 5 target groups, got 6"],
    [
      'all weights zero, after a login',
      ([one, two]) => login(elbv2.ListenerAction.weightedForward([one!.weighted(0), two!.weighted(0)])),
      "HG2123: 'weight' must be above 0 for at least one target group, got 0 for all",
    ],
    [
      'a weight missing',
      ([one, two]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), { targetGroup: two! }]),
      "HG2122: 'weight' must be given for each of several target groups, got none for 'group 2'",
    ],
    [
      'one group twice',
      ([one]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), one!.weighted(2)]),
      "HG2124: 'action' names 'group 2' twice",
    ],
  ])('of an action of the L2 fails with %s', (_, action, text) => {
    const own = routes();
    const message = refusal(own, 'All', { conditions, action: action(groups(own, 6)) });
    expect(message).toContain(text);
    expect(message).toMatch(/\[at Shop\/Routes\]$/);
  });

  test.each<[string, (web: TargetGroup) => Partial<RouteProps>, string]>([
    ['neither', () => ({}), 'got neither'],
    ['both', (web) => ({ forwardTo: [web.weighted(1)], action: OK }), 'got both'],
  ])('and an action fail when %s is given', (_, props, got) => {
    const own = routes();
    const [web] = groups(own, 1);
    expect(refusal(own, 'All', { conditions, ...props(web!) })).toBe(
      `HG2131: route 'All' must have 'forwardTo' or 'action', ${got}: give exactly one [at Shop/Routes]`,
    );
  });

  test('leaves no rule behind when it fails', () => {
    const own = routes();
    refusal(own, 'All', { conditions });
    expect(own.node.children).toEqual([]);
    own.addRoute('All', { conditions, action: OK });
    expect(own.node.children).toHaveLength(1);
  });

  function login(next: elbv2.ListenerAction): elbv2.ListenerAction {
    // What the L2 builds for OIDC, without a secret to make.
    return new (elbv2.ListenerAction as unknown as new (json: object, next: elbv2.ListenerAction) => elbv2.ListenerAction)(
      { type: 'authenticate-oidc', authenticateOidcConfig: {} },
      next,
    );
  }
});

describe('group stickiness', () => {
  const conditions = [Conditions.pathUnder('/')];

  test.each<[Duration, string]>([
    [Duration.seconds(0), 'got 0 s'],
    [Duration.millis(1500), 'got 1.5 s'],
    [Duration.seconds(604_801), 'got 604801 s'],
  ])('fails when it is %s', (groupStickiness, got) => {
    const own = routes();
    const [web] = groups(own, 1);
    expect(refusal(own, 'All', { conditions, forwardTo: [web!.weighted(1)], groupStickiness })).toBe(
      `HG2127: 'groupStickiness' must be whole seconds from 1 to 604800, ${got} (ALB-22): give a duration of up to 7 days [at Shop/Routes]`,
    );
  });

  test.each([1, 604_800])('takes %d seconds', (seconds) => {
    const own = routes();
    const [web] = groups(own, 1);
    own.addRoute('All', { conditions, forwardTo: [web!.weighted(1)], groupStickiness: Duration.seconds(seconds) });
    expect(JSON.stringify(rulesOf(own))).toContain(`"DurationSeconds":${seconds}`);
  });

  test('fails beside an action, which has its own', () => {
    const message = refusal(routes(), 'All', { conditions, action: OK, groupStickiness: Duration.days(1) });
    expect(message).toContain("HG2127: 'groupStickiness' goes with 'forwardTo', got 'action': give it to the action");
  });

  const missing = (id: string) =>
    `HG2126: 'groupStickiness' must be given, since 'Shop/${id}', one of several groups, is sticky: AWS refuses the rule at deploy (ALB-22); give the route a 'groupStickiness', or take the stickiness off the group`;
  const application = (id: string) =>
    `HG2125: 'forwardTo' has several groups and 'Shop/${id}' sticks by an application cookie, which weighted groups don't support (ALB-23): use Stickiness.loadBalancerCookie() there, and 'groupStickiness' on the route`;

  function stickyPair(own: ServiceRoutes, stickiness: Stickiness): elbv2.WeightedTargetGroup[] {
    const [plain] = groups(own, 1);
    const sticky = new TargetGroup(Stack.of(own), 'Sticky', { vpc: plain!.node.scope!.node.findChild('Vpc') as never, port: 80, stickiness });
    return [plain!.weighted(1), sticky.weighted(1)];
  }

  test('fails when it is missing and one of several groups is sticky', () => {
    const own = routes();
    const forwardTo = stickyPair(own, Stickiness.loadBalancerCookie());
    expect(refusal(own, 'All', { conditions, forwardTo })).toContain(missing('Sticky'));
    own.addRoute('All', { conditions, forwardTo, groupStickiness: Duration.days(1) });
    expect(() => rulesOf(own)).not.toThrow();
  });

  test('does not help a group that sticks by a cookie of the application', () => {
    const own = routes();
    const forwardTo = stickyPair(own, Stickiness.applicationCookie('session'));
    const groupStickiness = Duration.days(1);
    expect(refusal(own, 'All', { conditions, forwardTo, groupStickiness })).toContain(application('Sticky'));
  });

  test.each<[string, string | undefined, string]>([
    ['missing', undefined, missing('Group1')],
    ['useless', 'session', application('Group1')],
  ])('is found %s at synth when a setter of the L2 made a group sticky after the route', (_, cookie, text) => {
    const own = routes();
    const [one, two] = groups(own, 2);
    own.addRoute('All', { conditions, forwardTo: [one!.weighted(1), two!.weighted(1)] });
    two!.enableCookieStickiness(Duration.days(1), cookie);
    expect(() => rulesOf(own)).toThrow(`[Shop/Routes/All] ${text}`);
  });

  test('is not needed for a single group, however sticky', () => {
    const own = routes();
    const [one] = groups(own, 1);
    own.addRoute('All', { conditions, forwardTo: [one!.weighted(1)] });
    one!.enableCookieStickiness(Duration.days(1), 'session');
    expect(() => rulesOf(own)).not.toThrow();
  });

  test('cannot be judged for an imported group, which passes', () => {
    const own = routes();
    const [one] = groups(own, 1);
    const targetGroup = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(Stack.of(own), 'Theirs', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1',
    });
    own.addRoute('All', { conditions, forwardTo: [one!.weighted(1), { targetGroup, weight: 1 }] });
    expect(() => rulesOf(own)).not.toThrow();
  });
});

describe('conditions', () => {
  test.each<[string, elbv2.ListenerCondition[], string]>([
    ['none', [], "route 'All': 'conditions' must have at least one, got none"],
    ['six values', [Conditions.path('/a', '/b', '/c'), Conditions.method('GET', 'HEAD', 'PUT')], "HG2222: route 'All'"],
    ['one of a kind twice', [Conditions.path('/a'), Conditions.path('/b')], "HG2223: route 'All'"],
  ])('fail when there are %s, with the route and the path of the routes', (_, conditions, text) => {
    const message = refusal(routes(), 'All', { conditions, action: OK });
    expect(message).toContain(text);
    expect(message).toMatch(/\[at Shop\/Routes\]$/);
  });
});

describe('on a listener that is imported', () => {
  test('routes are rules of its ARN, and its security group may reach the targets', () => {
    const stack = new Stack(undefined, 'Shop');
    const vpc = newVpc(stack);
    const own = routes({ listener: imported(stack), firstPriority: 20_000, lastPriority: 24_999 }, stack);
    const server = new ec2.SecurityGroup(stack, 'Server', { vpc });
    const web = new TargetGroup(stack, 'Web', { vpc, port: 8080 });
    web.addTarget({
      attachToApplicationTargetGroup: (group) => {
        group.registerConnectable(new ec2.Connections({ securityGroups: [server] }));
        return { targetType: elbv2.TargetType.IP, targetJson: { id: '10.0.0.1' } };
      },
    });
    own.addRoute('Checkout', { conditions: [Conditions.pathUnder('/checkout')], forwardTo: [web.weighted(1)] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(RULE, { ListenerArn: LISTENER_ARN, Priority: 24_311 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: 'sg-1',
      DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Server'), 'GroupId'] },
      FromPort: 8080,
      ToPort: 8080,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-1', FromPort: 8080 });
  });
});

describe('a rule that somebody else put on the listener', () => {
  const theirs = (stack: Stack, listener: elbv2.IApplicationListener, priority: number, id = 'Foreign') =>
    new elbv2.ApplicationListenerRule(stack, id, {
      listener,
      priority,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/mine'])],
      action: OK,
    });
  const taken = (path: string) =>
    `HG2142: 'priority' 46876 of route 'Api' is taken by '${path}' on the same listener: move that rule, or give this route another 'priority'`;

  test('with the same priority is found at synth, before or after the route', () => {
    const stack = new Stack(undefined, 'Shop');
    const listener = plainListener(stack);
    theirs(stack, listener, 46_876);
    const own = routes({ listener }, stack);
    own.addRoute('Api', under('/api'));
    expect(() => rulesOf(own)).toThrow(`[Shop/Routes] ${taken('Shop/Foreign/Resource')}`);
  });

  test('of the L1 is found too', () => {
    const own = routes();
    own.addRoute('Api', under('/api'));
    const stack = Stack.of(own);
    const { listenerArn } = stack.node.findChild('PlainBalancer').node.findChild('Http') as elbv2.ApplicationListener;
    new elbv2.CfnListenerRule(stack, 'Foreign', { listenerArn, priority: 46_876, conditions: [], actions: [] });
    expect(() => rulesOf(own)).toThrow(taken('Shop/Foreign'));
  });

  test('with another priority, or on another listener, is none of its business', () => {
    const stack = new Stack(undefined, 'Shop');
    const listener = plainListener(stack);
    const other = plainListener(stack, 'Other');
    const own = routes({ listener }, stack);
    own.addRoute('Api', under('/api'));
    theirs(stack, listener, 46_877);
    theirs(stack, other, 46_876, 'Elsewhere');
    expect(() => rulesOf(own)).not.toThrow();
  });

  test('is found in another stack of the app, by the listener and by its literal ARN', () => {
    for (const literal of [true, false]) {
      const app = new App();
      const stack = new Stack(app, 'Shop');
      const listener = literal ? imported(stack) : plainListener(stack);
      const own = routes({ listener }, stack);
      own.addRoute('Api', under('/api'));
      const team = new Stack(app, 'Team');
      theirs(team, literal ? imported(team) : listener, 46_876);
      expect(() => app.synth()).toThrow(taken('Team/Foreign/Resource'));
    }
  });

  test('is found when two owners of routes got one band', () => {
    const stack = new Stack(undefined, 'Shop');
    const listener = plainListener(stack);
    const own = routes({ listener }, stack);
    own.addRoute('Api', under('/api'));
    new ServiceRoutes(stack, 'More', { listener }).addRoute('Api', { ...under('/b'), priority: 46_876 });
    expect(() => rulesOf(own)).toThrow(taken('Shop/More/Api/Resource'));
  });

  test('of a listener in a stack that only looks alike is another one', () => {
    const app = new App();
    const make = (id: string) => {
      const own = routes({}, new Stack(app, id));
      own.addRoute('Api', under('/api'));
    };
    make('One');
    make('Two');
    expect(() => app.synth()).not.toThrow();
  });
});
