import { App, CfnParameter, CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Conditions, type RouteProps, ServiceRoutes, type ServiceRoutesProps, TargetGroup } from '../../lib/balancing';
import {
  groups,
  imported,
  LISTENER_ARN,
  newVpc,
  OK,
  plainListener,
  RULE,
  refusal,
  routes,
  rulesOf,
  under,
  vpcOf,
} from '../support/routes';

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
              ForwardConfig: {
                TargetGroups: [{ TargetGroupArn: { Ref: expect.stringContaining('Group0') }, Weight: 1 }],
              },
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
    const plain = new elbv2.ApplicationTargetGroup(stack, 'PlainGroup', { vpc: vpcOf(own), port: 80 });
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

  test('waits for what makes the targets of its groups', () => {
    const own = routes();
    const [web, other] = groups(own, 2);
    const servers = new CfnResource(Stack.of(own), 'Servers', { type: 'AWS::AutoScaling::AutoScalingGroup' });
    web!._targetsMade.add(servers);
    own.addRoute('Web', { conditions: [Conditions.pathUnder('/web')], forwardTo: [web!.weighted(1)] });
    own.addRoute('Other', { conditions: [Conditions.pathUnder('/other')], forwardTo: [other!.weighted(1)] });
    const waits = Object.entries(rulesOf(own)).map(([id, { DependsOn }]) => [id.replace(/\w{8}$/, ''), DependsOn]);
    expect(waits).toEqual([
      ['RoutesWeb', ['Servers']],
      ['RoutesOther', undefined],
    ]);
  });

  test('is the last that a balancer takes when it is the hundredth, and the next warns', () => {
    const own = routes();
    const add = (index: number) => own.addRoute(`R${index}`, { ...under(`/r${index}`), priority: 31_000 + index });
    const text = Match.stringLikeRegexp('these are more than 100 routes, and a balancer takes 100 rules');
    for (let index = 0; index < 100; index++) add(index);
    expect(own.node.metadata).toEqual([]);
    add(100);
    Annotations.fromStack(Stack.of(own)).hasWarning('/Shop/Routes', text);
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
    const entries = own.node.children.map((rule) => [
      rule.node.id,
      (rule.node.defaultChild as elbv2.CfnListenerRule).priority,
    ]);
    return Object.fromEntries(entries);
  }

  const post = Conditions.method('POST');
  const tenant = Conditions.header('X-Tenant', 'acme');
  const all: [string, RouteProps] = ['All', under('/')];
  const api: [string, RouteProps] = ['Api', under('/api')];
  const orders: [string, RouteProps] = ['Orders', under('/api/orders')];
  const upload: [string, RouteProps] = ['Upload', { conditions: [Conditions.pathUnder('/api'), post], action: OK }];
  const deeper: [string, RouteProps] = [
    'Deeper',
    { conditions: [Conditions.path('/a/b/c/d/e'), post, tenant], action: OK },
  ];
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
    expect(message).toMatch(/\d+ is free and (in the right place|tried after 'First') \[at Shop\/Routes\]$/);
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

  test.each<[string, boolean]>([
    ['the listener itself', false],
    ['its literal ARN', true],
  ])('is found in another stack of the app, by %s', (_, literal) => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    const listener = literal ? imported(stack) : plainListener(stack);
    routes({ listener }, stack).addRoute('Api', under('/api'));
    const team = new Stack(app, 'Team');
    theirs(team, literal ? imported(team) : listener, 46_876);
    expect(() => app.synth()).toThrow(taken('Team/Foreign/Resource'));
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
