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

function swap(one: Properties, other: Properties, name: string): void {
  const [first, second] = [one[name] as Json, other[name] as Json];
  if (JSON.stringify(first) === JSON.stringify(second)) throw new Error(`both have the same ${name}`);
  one[name] = second;
  other[name] = first;
}
