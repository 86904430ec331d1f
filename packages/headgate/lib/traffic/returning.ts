import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { resourceKey, type Templates } from '../template';
import type { HttpRequest } from './request';

const COOKIE = 'AWSALBTG';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** The cookie of clients that come back to a target group. What it may say is looked up once, when the first of them comes. */
export class Returning {
  private names: ReadonlySet<string> | undefined;

  constructor(private readonly templates: Templates) {}

  /**
   * A cookie that names no group would count as none.
   *
   * @throws HeadgateError HM2001
   */
  check(request: HttpRequest): void {
    const value = request.cookie(COOKIE);
    if (value === undefined) return;
    const groups = this.templates.ofType(TARGET_GROUP);
    this.names ??= new Set(groups.flatMap((group) => [group.logicalId, resourceKey(group)]));
    // A group outside of the templates is named by its ARN, or by what stands for it.
    if (this.names.has(value) || /[:$]/.test(value)) return;
    const keys = groups.map(resourceKey);
    const known = keys.length === 0 ? 'There are none' : `There are: ${keys.slice(0, 20).join(', ')}`;
    const hint = didYouMean(value, this.names);
    throw new HeadgateError('HM2001', `The cookie ${COOKIE} names no target group: '${value}'${hint || '.'} ${known}.`);
  }
}
