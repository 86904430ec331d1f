import { App, Stack } from 'aws-cdk-lib';
import { patterns, waf } from '../../lib';
import { DOMAIN, makeShop } from '../support/shop';

const ARN = 'arn:aws:wafv2:us-east-1:111111111111';

function inFrontOfBalancer(webAclOf: (stack: Stack) => waf.IWebAcl): void {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
  new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, webAcl: webAclOf(stack) });
}

function inFrontOfDistribution(webAclOf: (stack: Stack) => waf.IWebAcl): void {
  const app = new App();
  const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
  makeShop(app, { edge: { webAcl: webAclOf(stack) } });
}

const made = (webAclScope: waf.WebAclScope) => (stack: Stack) => new waf.WebAcl(stack, 'WebAcl', { webAclScope });
const imported = (part: string) => (stack: Stack) =>
  waf.WebAcl.fromWebAclArn(stack, 'WebAcl', `${ARN}:${part}/webacl/mine/1`);
const { CLOUDFRONT, REGIONAL } = waf.WebAclScope;

test.each([
  ['made here', made(CLOUDFRONT)],
  ['imported', imported('global')],
])('fails in front of a balancer with a web ACL for distributions, %s', (_, webAclOf) => {
  expect(() => inFrontOfBalancer(webAclOf)).toThrow(
    "HG1013: 'webAcl' must have WebAclScope.REGIONAL, got WebAclScope.CLOUDFRONT (WAF-1): a balancer takes one of its own Region",
  );
});

test.each([
  ['made here', made(REGIONAL)],
  ['imported', imported('regional')],
])('fails in front of a distribution with a web ACL for balancers, %s', (_, webAclOf) => {
  expect(() => inFrontOfDistribution(webAclOf)).toThrow(
    "HG1013: 'webAcl' must have WebAclScope.CLOUDFRONT, got WebAclScope.REGIONAL (WAF-1): a distribution takes one of us-east-1",
  );
});

test('takes each where it belongs', () => {
  for (const webAclOf of [made(REGIONAL), imported('regional')])
    expect(() => inFrontOfBalancer(webAclOf)).not.toThrow();
  for (const webAclOf of [made(CLOUDFRONT), imported('global')]) {
    expect(() => inFrontOfDistribution(webAclOf)).not.toThrow();
  }
});
