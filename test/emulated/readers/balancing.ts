import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Deployed } from '../deployed';
import { clientOf, type Reader, record, tags, unlessGone } from './reader';

const client = clientOf((configuration) => new ElasticLoadBalancingV2Client(configuration));

async function balancerOf(resource: Deployed) {
  const found = await unlessGone(
    client(resource).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [resource.physicalId] })),
  );
  return found?.LoadBalancers?.[0];
}

async function tagsOf(resource: Deployed) {
  const { TagDescriptions } = await client(resource).send(
    new DescribeTagsCommand({ ResourceArns: [resource.physicalId] }),
  );
  return tags(TagDescriptions?.[0]?.Tags);
}

const loadBalancer: Reader = {
  async read(resource) {
    const it = await balancerOf(resource);
    if (!it) return undefined;
    const { Attributes } = await client(resource).send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: resource.physicalId }),
    );
    return record({
      ...it,
      Subnets: it.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
      LoadBalancerAttributes: Attributes,
      Tags: await tagsOf(resource),
    });
  },
  attributes: {
    DNSName: async (resource) => (await balancerOf(resource))?.DNSName,
    CanonicalHostedZoneID: async (resource) => (await balancerOf(resource))?.CanonicalHostedZoneId,
  },
};

const targetGroup: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [resource.physicalId] })),
    );
    const [it] = found?.TargetGroups ?? [];
    if (!it) return undefined;
    const { Attributes } = await client(resource).send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: resource.physicalId }),
    );
    const health = await client(resource).send(
      new DescribeTargetHealthCommand({ TargetGroupArn: resource.physicalId }),
    );
    return record({
      ...it,
      TargetGroupAttributes: Attributes,
      Targets: health.TargetHealthDescriptions?.map(({ Target }) => Target),
      Tags: await tagsOf(resource),
    });
  },
  attributes: { TargetGroupFullName: (resource) => resource.physicalId.replace(/^.*:/, '') },
};

const listener: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeListenersCommand({ ListenerArns: [resource.physicalId] })),
    );
    const [it] = found?.Listeners ?? [];
    return it && record({ ...it, Tags: await tagsOf(resource) });
  },
};

const rule: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeRulesCommand({ RuleArns: [resource.physicalId] })),
    );
    const [it] = found?.Rules ?? [];
    const ListenerArn = it?.RuleArn?.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');
    return it && record({ ...it, ListenerArn, Actions: it.Actions?.map(asForward) });
  },
};

/** A forward to one group may be said in short. */
function asForward({ TargetGroupArn, ForwardConfig, ...rest }: Action) {
  return { ...rest, TargetGroupArn, ForwardConfig: ForwardConfig ?? { TargetGroups: [{ TargetGroupArn }] } };
}

export const balancing: Readonly<Record<string, Reader>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerRule': rule,
};
