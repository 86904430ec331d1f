import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Conditions, type RouteProps, type ServiceRoutes, TargetGroup } from '../../lib/balancing';
import { ProbeRule } from '../../lib/balancing/private/probe-rule';
import { groups, imported, login, newVpc, OK, plainListener, RULE, routes, under } from '../support/routes';

const HOST = 'eu-west-1.origin.shop.example.com';
const EVERY_PATH = [Conditions.pathUnder('/')];

interface Rule {
  readonly ListenerArn: unknown;
  readonly Priority: number;
  readonly Conditions: object[];
  readonly Actions: object[];
}

/** Routes with a probe; the probe comes first, as in a service. */
function probed(stack = new Stack(undefined, 'Shop'), listener?: elbv2.IApplicationListener): ServiceRoutes {
  const own = routes({ listener: listener ?? plainListener(stack) }, stack);
  const given = listener ?? (stack.node.findChild('PlainBalancer').node.findChild('Http') as elbv2.ApplicationListener);
  new ProbeRule(stack, 'Probe', { listener: given, host: HOST, path: '/live', routes: own });
  return own;
}

function rules(own: ServiceRoutes): Rule[] {
  return Object.values(Template.fromStack(Stack.of(own)).findResources(RULE)).map(({ Properties }) => Properties);
}

function probeOf(own: ServiceRoutes): Rule {
  return rules(own).find(({ Priority }) => Priority === 1)!;
}

/** The group that the probe asks, such as `Group0`, of a probe that forwards to one. */
function asked(own: ServiceRoutes): string | undefined {
  return /Group\d/.exec(JSON.stringify(probeOf(own).Actions))?.[0];
}

describe('the probe', () => {
  test('is first of all rules, and takes one host, one path and GET alone', () => {
    const own = probed();
    const [web] = groups(own, 1);
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [web!.weighted(1)] });
    const [route] = rules(own).filter(({ Priority }) => Priority !== 1);
    expect(probeOf(own)).toEqual({
      ListenerArn: route!.ListenerArn,
      Priority: 1,
      Conditions: [
        { Field: 'host-header', HostHeaderConfig: { Values: [HOST] } },
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/live'] } },
        { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
      ],
      Actions: route!.Actions,
    });
  });

  test('is forwarded exactly as the route that serves: groups, weights and stickiness', () => {
    const own = probed();
    const [blue, green] = groups(own, 2);
    own.addRoute('All', {
      conditions: EVERY_PATH,
      forwardTo: [blue!.weighted(90), green!.weighted(10)],
      groupStickiness: Duration.hours(1),
    });
    expect(probeOf(own).Actions).toEqual([
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

  test('skips the login that stands before the forward, since a checker has no account', () => {
    const own = probed();
    const [web] = groups(own, 1);
    own.addRoute('All', { conditions: EVERY_PATH, action: login(elbv2.ListenerAction.forward([web!])) });
    const [route] = rules(own).filter(({ Priority }) => Priority !== 1);
    expect(route!.Actions).toHaveLength(2);
    expect(probeOf(own).Actions).toEqual([
      { Type: 'forward', TargetGroupArn: { Ref: expect.stringContaining('Group0') } },
    ]);
  });

  test('follows an action that was changed after the route was added', () => {
    const own = probed();
    const [before, after] = groups(own, 2);
    const rule = own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [before!.weighted(1)] });
    rule.configureAction(elbv2.ListenerAction.forward([after!]));
    expect(asked(own)).toBe('Group1');
  });

  test('waits for the rule of the route that serves, and with it for its servers', () => {
    const own = probed();
    const [web, other] = groups(own, 2);
    own.addRoute('Other', { conditions: [Conditions.pathUnder('/other')], forwardTo: [other!.weighted(1)] });
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [web!.weighted(1)] });
    const found = Object.entries(Template.fromStack(Stack.of(own)).findResources(RULE));
    const [probe] = found.filter(([, { Properties }]) => Properties.Priority === 1);
    const [serves] = found.filter(([id]) => id.startsWith('RoutesAll'));
    expect(probe![1].DependsOn).toEqual([serves![0]]);
  });

  test('stands on an imported listener', () => {
    const stack = new Stack(undefined, 'Shop');
    const vpc = newVpc(stack);
    const own = probed(stack, imported(stack));
    const web = new TargetGroup(stack, 'Group7', { vpc, port: 8080 });
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [web.weighted(1)] });
    expect(asked(own)).toBe('Group7');
  });

  test('forwards to a group of another stack as the route does', () => {
    const app = new App();
    const fleet = new Stack(app, 'Fleet');
    const web = new TargetGroup(fleet, 'Web', { vpc: newVpc(fleet), port: 8080 });
    const own = probed(new Stack(app, 'Shop'));
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [web.weighted(1)] });
    const [first, second] = rules(own);
    expect(JSON.stringify(first!.Actions)).toContain('Fn::ImportValue');
    expect(second!.Actions).toEqual(first!.Actions);
  });
});

describe('the route that serves the probe', () => {
  /** Adds a route for each entry, to `Group0`, `Group1` and so on. */
  function add(own: ServiceRoutes, entries: [string, Partial<RouteProps>][]): ServiceRoutes {
    const given = groups(own, entries.length);
    for (const [index, [id, props]] of entries.entries()) {
      const forward = props.action ? {} : { forwardTo: [given[index]!.weighted(1)] };
      own.addRoute(id, { conditions: [Conditions.pathUnder(`/${id}`)], ...forward, ...props });
    }
    return own;
  }

  const all = { conditions: EVERY_PATH };
  const host = Conditions.host('admin.example.com');

  test.each<[string, [string, Partial<RouteProps>][], string]>([
    [
      'the only one that forwards',
      [
        ['Old', { action: OK }],
        ['Api', {}],
      ],
      'Group1',
    ],
    [
      'the one for every path',
      [
        ['Api', {}],
        ['All', all],
        ['Cart', {}],
      ],
      'Group1',
    ],
    [
      'the one for every path, as the L2 says it',
      [
        ['Api', {}],
        ['All', { conditions: [elbv2.ListenerCondition.pathPatterns(['*'])], priority: 49_000 }],
      ],
      'Group1',
    ],
    [
      'the one for every path of every host',
      [
        ['Admin', { conditions: [...EVERY_PATH, host] }],
        ['All', all],
      ],
      'Group1',
    ],
    [
      'the one that says so, before the one for every path',
      [
        ['All', all],
        ['Api', { servesProbe: true }],
      ],
      'Group1',
    ],
    [
      'not the one that declines',
      [
        ['All', { ...all, servesProbe: false }],
        ['Api', {}],
      ],
      'Group1',
    ],
  ])('is %s', (_, entries, expected) => {
    expect(asked(add(probed(), entries))).toBe(expected);
  });

  const which = (ids: string) =>
    `HG2141: 'servesProbe' must be given to exactly one of the routes ${ids}: the probe is forwarded as that one is`;

  test.each<[string, [string, Partial<RouteProps>][], string]>([
    [
      'none is there',
      [],
      "HG2141: 'addRoute' must be called with a forward to a target group, got none: the probe would have nobody to ask; add a route, such as one with Conditions.pathUnder('/')",
    ],
    ['none forwards', [['Old', { action: OK }]], "HG2141: 'addRoute' must be called with a forward to a target group"],
    [
      'two are as good',
      [
        ['Api', {}],
        ['Cart', {}],
      ],
      which("'Api', 'Cart'"),
    ],
    [
      'two say so, though there is one for every path',
      [
        ['All', all],
        ['Api', { servesProbe: true }],
        ['Cart', { servesProbe: true }],
      ],
      which("'All', 'Api', 'Cart'"),
    ],
    ['all decline', [['Api', { servesProbe: false }]], which("'Api'")],
    [
      'the one that says so answers by itself',
      [
        ['All', all],
        ['Old', { action: OK, servesProbe: true }],
      ],
      "HG2141: 'servesProbe' must be given to a route that forwards, got the route 'Old', which answers itself: give it to one of those whose servers the probe is to ask",
    ],
  ])('is missing at synth when %s', (_, entries, text) => {
    expect(() => rules(add(probed(), entries))).toThrow(`[Shop/Probe] ${text}`);
  });
});

describe('the priority of the probe', () => {
  test('fails at synth when somebody else has it on the same listener', () => {
    const own = probed();
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [groups(own, 1)[0]!.weighted(1)] });
    const listener = Stack.of(own).node.findChild('PlainBalancer').node.findChild('Http') as elbv2.ApplicationListener;
    listener.addAction('Mine', {
      priority: 1,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/mine'])],
      action: OK,
    });
    expect(() => rules(own)).toThrow(
      "[Shop/Probe] HG2142: 'priority' 1 of the probe is taken by 'Shop/PlainBalancer/Http/MineRule/Resource' on the same listener: move that rule, or give each service with a probe a listener of its own",
    );
  });

  test('lies outside of every band, so that no route can have it', () => {
    expect(() => probed().addRoute('Api', { ...under('/api'), priority: 1 })).toThrow('HG2311');
    expect(() => routes({ firstPriority: 1 })).toThrow('HG2301');
  });

  test('may be that of another probe on another listener', () => {
    const own = probed();
    const stack = Stack.of(own);
    const other = plainListener(stack, 'Other');
    const [web] = groups(own, 1);
    own.addRoute('All', { conditions: EVERY_PATH, forwardTo: [web!.weighted(1)] });
    new ProbeRule(stack, 'OtherProbe', { listener: other, host: 'other.example.com', path: '/live', routes: own });
    expect(rules(own).filter(({ Priority }) => Priority === 1)).toHaveLength(2);
  });
});
