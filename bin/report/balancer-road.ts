import type { AssemblyStack } from './assembly';
import { fleetNode } from './fleet-road';
import type { TreeNode } from './render';
import { actionText, conditionText, targetGroupsOf } from './rule-text';
import type { Placed, Templates } from './templates';
import { at, isObject, list, type Value } from './values';
import { demandsSecret, webAclNode } from './web-acl-road';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** A balancer: who gets in, its firewall, listeners with their rules in the order in which they are tried, and the fleets behind them. */
export function balancerNode(templates: Templates, balancer: Placed): TreeNode {
  const { stack, resource } = balancer;
  const { Type, Scheme, IpAddressType } = resource.Properties ?? {};
  const listeners = templates
    .all('AWS::ElasticLoadBalancingV2::Listener')
    .filter((listener) =>
      templates.refersTo(listener.stack, at(listener.resource.Properties, 'LoadBalancerArn'), balancer),
    );
  const rules = listeners.map((listener) => rulesOf(templates, listener));
  const groups = listeners.flatMap((listener, index) =>
    [listener, ...rules[index]!].flatMap((owner) => targetGroupsOf(templates, owner)),
  );
  const distinct = groups.filter((group, index) => groups.findIndex(({ id }) => id === group.id) === index);
  const kind = String(Type ?? 'application') === 'network' ? 'network' : 'application';
  return {
    label: `${kind} balancer ${balancer.id}`,
    note: `(${templates.text(stack, Scheme ?? 'internet-facing')}, ${templates.text(stack, IpAddressType ?? 'ipv4')})`,
    children: [
      ...doors(templates, balancer).map((door) => ({ label: `lets in ${door}`, children: [] })),
      ...associations(templates, balancer).map((one) =>
        webAclNode(templates, one.stack, at(one.resource.Properties, 'WebACLArn')),
      ),
      ...listeners.map((listener, index) => listenerNode(templates, listener, rules[index]!)),
      ...distinct.map((group) => fleetNode(templates, group)),
    ],
  };
}

/** Whether the whole internet may connect to a balancer. */
export function isOpen(templates: Templates, balancer: Placed): boolean {
  const internal = balancer.resource.Properties?.Scheme === 'internal';
  return !internal && doors(templates, balancer).some((door) => ANYWHERE.some((range) => door.startsWith(`${range} `)));
}

/** Whether a web ACL in front of a balancer lets nobody through but the edge, which sends a secret. */
export function isGuarded(templates: Templates, balancer: Placed): boolean {
  return associations(templates, balancer).some((one) => {
    const acl = templates.find(one.stack, at(one.resource.Properties, 'WebACLArn'));
    return acl !== undefined && demandsSecret(acl);
  });
}

function associations(templates: Templates, balancer: Placed): Placed[] {
  return templates
    .all('AWS::WAFv2::WebACLAssociation')
    .filter((one) => templates.refersTo(one.stack, at(one.resource.Properties, 'ResourceArn'), balancer));
}

/** Who may connect to a balancer and on which ports, by its security groups. */
function doors(templates: Templates, { stack, resource }: Placed): string[] {
  const groups = list(resource.Properties?.SecurityGroups).flatMap((group) => templates.find(stack, group) ?? []);
  const rules = groups.flatMap((group): [AssemblyStack, Value][] => [
    ...list(group.resource.Properties?.SecurityGroupIngress).map((rule): [AssemblyStack, Value] => [group.stack, rule]),
    ...templates
      .all('AWS::EC2::SecurityGroupIngress')
      .filter((rule) => templates.refersTo(rule.stack, at(rule.resource.Properties, 'GroupId'), group))
      .map((rule): [AssemblyStack, Value] => [rule.stack, rule.resource.Properties]),
  ]);
  const ports = new Map<string, string[]>();
  for (const [owner, rule] of rules) {
    const source = sourceText(templates, owner, rule);
    const [from, to] = [at(rule, 'FromPort'), at(rule, 'ToPort')].map((port) => templates.text(owner, port ?? 'all'));
    ports.set(source, [...(ports.get(source) ?? []), from === to ? from! : `${from}–${to}`]);
  }
  return [...ports].map(([source, numbers]) => `${source} on port ${[...new Set(numbers)].sort().join(', ')}`);
}

function sourceText(templates: Templates, stack: AssemblyStack, rule: Value): string {
  const keys = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId'];
  const value = keys.map((key) => at(rule, key)).find((source) => source !== undefined);
  const found = templates.find(stack, value);
  return found ? templates.name(found) : templates.text(stack, value);
}

function rulesOf(templates: Templates, listener: Placed): Placed[] {
  return templates
    .all('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter((rule) => templates.refersTo(rule.stack, at(rule.resource.Properties, 'ListenerArn'), listener))
    .sort((a, b) => Number(a.resource.Properties?.Priority) - Number(b.resource.Properties?.Priority));
}

function listenerNode(templates: Templates, listener: Placed, rules: readonly Placed[]): TreeNode {
  const { stack, resource } = listener;
  const { Port, Protocol, SslPolicy, DefaultActions } = resource.Properties ?? {};
  const text = (value: Value) => templates.text(stack, value);
  // Priorities stand in a column of their own.
  const width = Math.max(0, ...rules.map((rule) => text(rule.resource.Properties?.Priority).length));
  return {
    label: `${text(Protocol ?? 'listener')} on port ${text(Port)}`,
    note: SslPolicy === undefined ? undefined : `(${text(SslPolicy)})`,
    children: [
      ...rules.map((rule) => ({ label: ruleLabel(templates, rule, width), children: [] })),
      { label: `default → ${actionText(templates, stack, DefaultActions)}`, children: [] },
    ],
  };
}

function ruleLabel(templates: Templates, { stack, resource }: Placed, width: number): string {
  const { Priority, Conditions, Actions, Transforms } = resource.Properties ?? {};
  const rewrites = list(Transforms).map((transform) => (isObject(transform) ? `, ${String(transform.Type)}` : ''));
  const priority = templates.text(stack, Priority).padEnd(width);
  return `${priority} ${conditionText(templates, stack, Conditions)} → ${actionText(templates, stack, Actions)}${rewrites.join('')}`;
}
