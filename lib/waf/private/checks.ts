import type { IConstruct } from 'constructs';
import { HeadgateError } from '../../core/errors';
import { requireRegion, US_EAST_1 } from '../../core/private/regions';
import type { WebAclProps } from '../web-acl';
import { WebAclScope } from '../web-acl-scope';

/** The most rate rules that a web ACL takes (WAF-1). */
const MAX_RATE_RULES = 10;

/** Fails when the web ACL would be refused at deploy, or judge what it can't see. */
export function checkWebAcl(scope: IConstruct, props: WebAclProps): void {
  checkScope(scope, props);
  if (props.behindEdge) checkBehindEdge(scope, props);
  checkRateRules(scope, props);
  checkManagedGroups(scope, props);
  checkProbeComesFirst(scope, props);
}

function checkScope(scope: IConstruct, props: WebAclProps): void {
  if (props.webAclScope !== WebAclScope.CLOUDFRONT) return;
  if (props.behindEdge) {
    throw new HeadgateError(
      'HG1008',
      "'behindEdge' must be left out with WebAclScope.CLOUDFRONT, got true: that web ACL is at the edge itself; give it to the regional one of the balancer",
      scope,
    );
  }
  requireRegion(scope, US_EAST_1, 'a web ACL with WebAclScope.CLOUDFRONT');
}

/** A regional web ACL behind an edge sees the edge's addresses, and so the edge's countries (WAF-2). */
function checkBehindEdge(scope: IConstruct, props: WebAclProps): void {
  const group = props.managedRuleGroups?.find((candidate) => candidate.ipBased);
  if (group) refuseAddresses(scope, 'managedRuleGroups', group.name);
  if (props.rateLimit && props.rateLimit._rules.length > 0) refuseAddresses(scope, 'rateLimit', 'RateLimit.perIp()');
  const rule = props.accessRules?.find((candidate) => candidate._spec.judgesAddress);
  if (rule) refuseAddresses(scope, 'accessRules', rule._spec.label);
}

function refuseAddresses(scope: IConstruct, prop: string, culprit: string): never {
  throw new HeadgateError(
    'HG1007',
    `'${prop}' must not judge addresses with 'behindEdge', got ${culprit}: it would see the edge's addresses instead of the clients'; put it on the web ACL with WebAclScope.CLOUDFRONT`,
    scope,
  );
}

function checkRateRules(scope: IConstruct, props: WebAclProps): void {
  const ofAccessRules = (props.accessRules ?? []).reduce((sum, rule) => sum + rule._spec.rateRules, 0);
  // A web ACL that is open to clients limits them by default.
  const ofRateLimit = props.rateLimit ? props.rateLimit._rules.length : props.behindEdge ? 0 : 1;
  const count = ofAccessRules + ofRateLimit;
  if (count > MAX_RATE_RULES) {
    throw new HeadgateError(
      'HG1009',
      `'accessRules' and 'rateLimit' must have at most ${MAX_RATE_RULES} rate rules together, got ${count}: every probe has one; use fewer probes`,
      scope,
    );
  }
}

function checkManagedGroups(scope: IConstruct, props: WebAclProps): void {
  const names = (props.managedRuleGroups ?? []).map((group) => group.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new HeadgateError(
      'HG1010',
      `'managedRuleGroups' must have each group once, got '${twice}' twice: merge their options into one`,
      scope,
    );
  }
}

function checkProbeComesFirst(scope: IConstruct, props: WebAclProps): void {
  const gates = (props.accessRules ?? []).map((rule) => rule._spec.gate);
  const demand = gates.indexOf('demands');
  if (demand !== -1 && gates.lastIndexOf('exempts') > demand) {
    throw new HeadgateError(
      'HG1011',
      "'accessRules' must have probe() before requireHeader(), got it after: health checkers send no secret and would be blocked; move the probe up",
      scope,
    );
  }
}
