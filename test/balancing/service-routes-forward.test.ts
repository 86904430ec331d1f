import { CfnWaitConditionHandle, Duration, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Conditions, type RouteProps, type ServiceRoutes, Stickiness, TargetGroup } from '../../lib/balancing';
import { groups, login, OK, refusal, routes, rulesOf, vpcOf } from '../support/routes';

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
    [
      'no group',
      () => [],
      "HG2121: 'forwardTo' must name 1 to 5 target groups, got 0 (ALB-2): name the group that serves the route",
    ],
    [
      'six groups',
      (given) => given.map((one) => one.weighted(1)),
      "HG2121: 'forwardTo' must name 1 to 5 target groups, got 6 (ALB-2): split the route",
    ],
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
    [
      'its only weight zero',
      ([one]) => [one!.weighted(0)],
      "HG2123: 'weight' must be above 0 for at least one target group",
    ],
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
    own.addRoute('Five', {
      ...{ conditions },
      forwardTo: [one!.weighted(999), ...rest.map((other) => other.weighted(0))],
    });
    own.addRoute('One', { conditions: [Conditions.pathUnder('/one')], forwardTo: [{ targetGroup: one! }] });
    expect(Object.keys(rulesOf(own))).toHaveLength(2);
  });

  test.each<[string, (given: TargetGroup[]) => elbv2.ListenerAction, string]>([
    [
      'a weight of 1000',
      ([one, two]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), { targetGroup: two!, weight: 1000 }]),
      "HG2104: 'weight' must be an integer from 0 to 999, got 1000",
    ],
    [
      'six groups',
      (given) => elbv2.ListenerAction.forward(given),
      "HG2121: 'action' must name 1 to 5 target groups, got 6",
    ],
    [
      'all weights zero, after a login',
      ([one, two]) => login(elbv2.ListenerAction.weightedForward([one!.weighted(0), two!.weighted(0)])),
      "HG2123: 'weight' must be above 0 for at least one target group, got 0 for all",
    ],
    [
      'a weight missing',
      ([one, two]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), { targetGroup: two! }]),
      "HG2122: 'weight' must be given for each of several target groups, got none for 'Shop/Group1'",
    ],
    [
      'one group twice',
      ([one]) => elbv2.ListenerAction.weightedForward([one!.weighted(1), one!.weighted(2)]),
      "HG2124: 'action' names 'Shop/Group0' twice",
    ],
  ])('of an action of the L2 fails with %s', (_, action, text) => {
    const own = routes();
    const message = refusal(own, 'All', { conditions, action: action(groups(own, 6)) });
    expect(message).toContain(text);
    expect(message).toMatch(/\[at Shop\/Routes\]$/);
  });

  test('of an action of the L2 names an imported group by its place', () => {
    const own = routes();
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1';
    const [theirs] = ['One'].map((id) =>
      elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(Stack.of(own), id, { targetGroupArn: arn }),
    );
    const [ours] = groups(own, 1);
    const action = elbv2.ListenerAction.weightedForward([ours!.weighted(1), { targetGroup: theirs! }]);
    expect(refusal(own, 'All', { conditions, action })).toContain(
      "HG2122: 'weight' must be given for each of several target groups, got none for 'group 2'",
    );
  });

  test.each<[string, (web: TargetGroup) => Partial<RouteProps>]>([
    ['forwardTo', (web) => ({ forwardTo: [web.weighted(1)] })],
    ['an action', (web) => ({ action: elbv2.ListenerAction.forward([web]) })],
    ['an action after a login', (web) => ({ action: login(elbv2.ListenerAction.weightedForward([web.weighted(1)])) })],
  ])('by %s waits for what makes the targets', (_, props) => {
    const own = routes();
    const [web] = groups(own, 1);
    web!._targetsMade.add(new CfnWaitConditionHandle(Stack.of(own), 'Servers'));
    own.addRoute('All', { conditions, ...props(web!) });
    const [rule] = Object.values(rulesOf(own));
    expect(rule!.DependsOn).toContain('Servers');
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
    const sticky = new TargetGroup(Stack.of(own), 'Sticky', { vpc: vpcOf(own), port: 80, stickiness });
    return [plain!.weighted(1), sticky.weighted(1)];
  }

  test('fails when it is missing and one of several groups is sticky', () => {
    const own = routes();
    const forwardTo = stickyPair(own, Stickiness.loadBalancerCookie());
    expect(refusal(own, 'All', { conditions, forwardTo })).toContain(missing('Sticky'));
    own.addRoute('All', { conditions, forwardTo, groupStickiness: Duration.days(1) });
    expect(() => rulesOf(own)).not.toThrow();
  });

  test('of an action is asked for in its own words, and is enough', () => {
    const own = routes();
    const pair = stickyPair(own, Stickiness.loadBalancerCookie());
    const action = (options: elbv2.ForwardOptions) => login(elbv2.ListenerAction.weightedForward(pair, options));
    expect(refusal(own, 'All', { conditions, action: action({}) })).toContain(
      "HG2126: 'stickinessDuration' must be given, since 'Shop/Sticky', one of several groups, is sticky: AWS refuses the rule at deploy (ALB-22); give the action's forward a 'stickinessDuration'",
    );
    own.addRoute('All', { conditions, action: action({ stickinessDuration: Duration.days(1) }) });
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
