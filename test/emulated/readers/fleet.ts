// How Auto Scaling groups, their policies and launch templates are read.
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplatesCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Deployed } from '../deployed';
import { clientOf, type Reader, record, tags, unlessGone } from './reader';

const scaling = clientOf((configuration) => new AutoScalingClient(configuration));
const ec2 = clientOf((configuration) => new EC2Client(configuration));

const group: Reader = {
  async read(resource) {
    const found = await scaling(resource).send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [resource.physicalId] }),
    );
    const [it] = found.AutoScalingGroups ?? [];
    return (
      it &&
      record({
        ...it,
        VPCZoneIdentifier: it.VPCZoneIdentifier?.split(','),
        MetricsCollection: it.EnabledMetrics?.length ? [{ Granularity: it.EnabledMetrics[0]?.Granularity }] : undefined,
        Tags: it.Tags?.map(({ Key, Value, PropagateAtLaunch }) => ({ Key, Value, PropagateAtLaunch })),
      })
    );
  },
};

const policy: Reader = {
  async read(resource) {
    const AutoScalingGroupName = String(resource.properties.AutoScalingGroupName);
    const found = await unlessGone(scaling(resource).send(new DescribePoliciesCommand({ AutoScalingGroupName })));
    const it = found?.ScalingPolicies?.find(({ PolicyARN }) => PolicyARN === resource.physicalId);
    return it && record(it);
  },
};

async function latestVersion(resource: Deployed) {
  const found = await unlessGone(
    ec2(resource).send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: resource.physicalId, Versions: ['$Latest'] }),
    ),
  );
  return found?.LaunchTemplateVersions?.[0];
}

const launchTemplate: Reader = {
  async read(resource) {
    const it = await latestVersion(resource);
    if (!it) return undefined;
    const { LaunchTemplates } = await ec2(resource).send(
      new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [resource.physicalId] }),
    );
    return record({
      LaunchTemplateData: it.LaunchTemplateData,
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tags(LaunchTemplates?.[0]?.Tags) }],
    });
  },
  attributes: { LatestVersionNumber: async (resource) => String((await latestVersion(resource))?.VersionNumber) },
};

export const fleet: Readonly<Record<string, Reader>> = {
  'AWS::AutoScaling::AutoScalingGroup': group,
  'AWS::AutoScaling::ScalingPolicy': policy,
  'AWS::EC2::LaunchTemplate': launchTemplate,
};
