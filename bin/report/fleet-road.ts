import type { TreeNode } from './render';
import type { Placed, Templates } from './templates';
import { at, list, type Value } from './values';

/** A target group and the servers behind it. */
export function fleetNode(templates: Templates, group: Placed): TreeNode {
  const { Protocol, Port, TargetType } = group.resource.Properties ?? {};
  const text = (value: Value) => templates.text(group.stack, value);
  const fleets = templates
    .all('AWS::AutoScaling::AutoScalingGroup')
    .filter(({ stack, resource }) =>
      list(resource.Properties?.TargetGroupARNs).some((arn) => templates.refersTo(stack, arn, group)),
    );
  const targets =
    fleets.length > 0
      ? fleets.map((fleet) => serversText(templates, fleet))
      : [`targets of type ${text(TargetType ?? 'instance')}, no Auto Scaling group`];
  const where = Port === undefined ? '' : `${text(Protocol ?? 'HTTP')} on port ${text(Port)}, `;
  return {
    label: `${templates.name(group)}: ${where}${targets.join(' and ')}`,
    children: [{ label: healthText(templates, group), children: [] }],
  };
}

function healthText(templates: Templates, { stack, resource }: Placed): string {
  const properties = resource.Properties ?? {};
  const value = (key: string, otherwise: Value) => templates.text(stack, properties[key] ?? otherwise);
  if (properties.HealthCheckEnabled === false) return 'no health check';
  const protocol = value('HealthCheckProtocol', properties.Protocol ?? 'HTTP');
  const path = protocol.startsWith('HTTP') ? ` ${value('HealthCheckPath', '/')}` : '';
  const port = value('HealthCheckPort', 'traffic-port');
  // What is left out is what the API does for instances and addresses behind an ALB (ALB-30).
  const rhythm = `every ${value('HealthCheckIntervalSeconds', 30)} s, timeout ${value('HealthCheckTimeoutSeconds', 5)} s`;
  const thresholds = `in after ${value('HealthyThresholdCount', 5)}, out after ${value('UnhealthyThresholdCount', 2)}`;
  const codes = at(properties, 'Matcher', 'HttpCode');
  const expected = codes === undefined ? '' : ` = ${templates.text(stack, codes)}`;
  const where = port === 'traffic-port' ? '' : ` on port ${port}`;
  return `health: ${protocol}${path}${where}${expected} ${rhythm}, ${thresholds}`;
}

function serversText(templates: Templates, fleet: Placed): string {
  const { MinSize, MaxSize, LaunchTemplate, MixedInstancesPolicy } = fleet.resource.Properties ?? {};
  const text = (value: Value) => templates.text(fleet.stack, value);
  const specification = LaunchTemplate ?? at(MixedInstancesPolicy, 'LaunchTemplate', 'LaunchTemplateSpecification');
  const launch = at(specification, 'LaunchTemplateId') ?? at(specification, 'LaunchTemplateName');
  const template = templates.find(fleet.stack, launch);
  const type = at(template?.resource.Properties, 'LaunchTemplateData', 'InstanceType');
  const overrides = list(at(MixedInstancesPolicy, 'LaunchTemplate', 'Overrides'))
    .map((override) => at(override, 'InstanceType'))
    .filter((override) => override !== undefined)
    .map(text);
  const types = overrides.length > 0 ? overrides.join(', ') : text(type ?? launch ?? 'unknown type');
  return `${text(MinSize)}–${text(MaxSize)} servers, ${types}`;
}
