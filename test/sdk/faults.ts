import type { StackTemplate } from '../emulated/assembly';
import type { Json, Properties } from '../emulated/json';

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RECORD = 'AWS::Route53::RecordSet';
const CHECK = 'AWS::Route53::HealthCheck';

/** Something wrong in what is created, and where what is read back has to show it. */
export interface Fault {
  readonly noticedAt: RegExp;
  plant(stacks: readonly StackTemplate[]): void;
}

/** What an emulator that pretends would not notice: whoever sees none of it would have seen nothing wrong anywhere. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'swapped priorities': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Priority:/,
    plant(stacks) {
      const [one, other] = propertiesOf(stacks, RULE);
      swap(one!, other!, 'Priority');
    },
  },
  'swapped weights': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Actions\/0\/ForwardConfig\/TargetGroups\/\d\/Weight:/,
    plant(stacks) {
      const groups = propertiesOf(stacks, RULE)
        .map(forwarded)
        .find((given) => given.length > 1)!;
      swap(groups[0]!, groups[1]!, 'Weight');
    },
  },
  'swapped conditions': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Conditions\//,
    plant(stacks) {
      const [one, other] = propertiesOf(stacks, RULE);
      swap(one!, other!, 'Conditions');
    },
  },
  'an extra condition': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Conditions\/length:/,
    plant(stacks) {
      const extra = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-extra', Values: ['on'] } };
      conditionsOf(propertiesOf(stacks, RULE)[0]!).push(extra);
    },
  },
  'one more value in a condition': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Conditions\/\d\/PathPatternConfig\/Values\/length:/,
    plant(stacks) {
      const conditions = propertiesOf(stacks, RULE).flatMap(conditionsOf);
      const { PathPatternConfig } = conditions.find((condition) => condition.PathPatternConfig !== undefined)!;
      (PathPatternConfig as { Values: string[] }).Values.push('/extra');
    },
  },
  'one more target group': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::ListenerRule \S+ Actions\/0\/ForwardConfig\/TargetGroups\/length:/,
    plant(stacks) {
      const site = stacks.find((stack) => propertiesOf([stack], RULE).length > 0)!;
      const given = propertiesOf([site], RULE).map(forwarded);
      const [two, three] = [2, 3].map((count) => given.find(({ length }) => length === count)!);
      two!.push(three!.find((group) => !two!.some((other) => sameGroup(group, other)))!);
    },
  },
  'another health check of a target group': {
    noticedAt: /^AWS::ElasticLoadBalancingV2::TargetGroup \S+ HealthCheckPath:/,
    plant: (stacks) => Object.assign(propertiesOf(stacks, GROUP)[0]!, { HealthCheckPath: '/elsewhere' }),
  },
  'swapped health checks of records': {
    noticedAt: /^AWS::Route53::RecordSet \S+ HealthCheckId:/,
    plant(stacks) {
      const checked = propertiesOf(stacks, RECORD).filter(({ HealthCheckId }) => HealthCheckId !== undefined);
      const other = checked.find(
        ({ HealthCheckId }) => JSON.stringify(HealthCheckId) !== JSON.stringify(checked[0]!.HealthCheckId),
      );
      swap(checked[0]!, other!, 'HealthCheckId');
    },
  },
  'a slower health check of a Region': {
    noticedAt: /^AWS::Route53::HealthCheck \S+ HealthCheckConfig\/RequestInterval:/,
    plant(stacks) {
      const configurations = propertiesOf(stacks, CHECK).map(
        ({ HealthCheckConfig }) => HealthCheckConfig as Properties,
      );
      Object.assign(configurations.find(({ RequestInterval }) => RequestInterval === 10)!, { RequestInterval: 30 });
    },
  },
};

function propertiesOf(stacks: readonly StackTemplate[], type: string): Properties[] {
  return stacks
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => Properties);
}

function forwarded({ Actions }: Properties): Properties[] {
  const [{ ForwardConfig } = {}] = (Actions ?? []) as { ForwardConfig?: { TargetGroups: Properties[] } }[];
  return ForwardConfig?.TargetGroups ?? [];
}

function conditionsOf({ Conditions }: Properties): Properties[] {
  return Conditions as Properties[];
}

function sameGroup(one: Properties, other: Properties): boolean {
  return JSON.stringify(one.TargetGroupArn) === JSON.stringify(other.TargetGroupArn);
}

function swap(one: Properties, other: Properties, name: string): void {
  const [first, second] = [one[name] as Json, other[name] as Json];
  if (JSON.stringify(first) === JSON.stringify(second)) throw new Error(`both have the same ${name}`);
  one[name] = second;
  other[name] = first;
}
