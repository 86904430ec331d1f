import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../../core/errors';
import { type IWebAcl, WebAcl } from '../web-acl';
import { WebAclScope } from '../web-acl-scope';

/** Fails on a web ACL of the other scope, which AWS refuses at deploy (WAF-1): a global one for balancers, a regional one for distributions. */
export function checkWebAclScope(webAcl: IWebAcl, wanted: WebAclScope, scope: IConstruct): void {
  const actual = webAcl instanceof WebAcl ? webAcl.webAclScope : scopeOfArn(webAcl.webAclArn);
  if (actual === undefined || actual === wanted) return;
  const what =
    wanted === WebAclScope.REGIONAL
      ? 'a balancer takes one of its own Region'
      : 'a distribution takes one of us-east-1';
  throw new HeadgateError(
    'HG1013',
    `'webAcl' must have WebAclScope.${wanted}, got WebAclScope.${actual} (WAF-1): ${what}; give a web ACL of that scope, or leave it out`,
    scope,
  );
}

/** The scope stands in an ARN: `…:global/webacl/…` or `…:regional/webacl/…`. */
function scopeOfArn(arn: string): WebAclScope | undefined {
  if (Token.isUnresolved(arn)) return undefined;
  if (arn.includes(':global/')) return WebAclScope.CLOUDFRONT;
  return arn.includes(':regional/') ? WebAclScope.REGIONAL : undefined;
}
