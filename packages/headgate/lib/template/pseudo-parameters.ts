import type { GivenParameters } from './given-parameters';
import type { Scope } from './scope';
import type { TemplateStack } from './template-stack';
import { type Text, Unresolved } from './value';

/** Partitions and the domains of their services, by how the names of their Regions begin. */
const PARTITIONS: readonly (readonly [region: string, partition: string, suffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['', 'aws', 'amazonaws.com'],
];

/** What `AWS::Region` and the like stand for in a stack. */
export class PseudoParameters {
  constructor(
    private readonly stack: TemplateStack,
    private readonly given: GivenParameters,
  ) {}

  /** The Region; undefined if it isn't known. */
  get region(): string | undefined {
    const { parent, region } = this.stack.source;
    return parent ? parent.stack.region : (region ?? this.given.take(this.stack.name, 'AWS::Region'));
  }

  get(name: string, scope: Scope): Text {
    const known = this.known(name);
    if (known !== undefined) return known;
    switch (name) {
      // The stack's own in each case, but nested stacks share the Region of the one around them.
      case 'AWS::Region':
        return new Unresolved(`\${${name}}`, this.stack.root.name);
      case 'AWS::StackId':
      case 'AWS::NotificationARNs':
      case 'AWS::StackName':
        return new Unresolved(`\${${name}}`, this.stack.name);
      // One deployment of all stacks goes to one account.
      case 'AWS::AccountId':
      case 'AWS::Partition':
      case 'AWS::URLSuffix':
        return new Unresolved(`\${${name}}`);
      default:
        throw scope.error('HM1006', `Ref to '${name}', which isn't a pseudo parameter of CloudFormation`);
    }
  }

  private known(name: string): string | undefined {
    if (name === 'AWS::Region') return this.region;
    const { source } = this.stack;
    if (name === 'AWS::AccountId' && this.stack.account) return this.stack.account;
    const given = this.given.take(this.stack.name, name);
    if (given !== undefined) return given;
    // The name of a nested stack is made up by CloudFormation.
    if (name === 'AWS::StackName' && !source.parent) return source.stackName ?? source.name;
    const partition =
      this.region === undefined ? undefined : PARTITIONS.find(([region]) => this.region?.startsWith(region));
    if (name === 'AWS::Partition') return partition?.[1];
    return name === 'AWS::URLSuffix' ? partition?.[2] : undefined;
  }
}
