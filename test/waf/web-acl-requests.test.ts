import { App, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccessRule, WebAcl, WebAclScope } from '../../lib/waf';
import { evaluateWebAcl } from '../support/web-acl-evaluator';

const PROBE_HOST = 'us-east-1.origin.shop.example.com';
const NEWEST = 'Prod-Shop/origin-access/2';
const OLDER = 'Prod-Shop/origin-access/1';
/** CloudFormation puts the secret in the place of the reference; in a template the reference is the value. */
const secretValue = (secret: string) => `{{resolve:secretsmanager:${secret}:SecretString:::}}`;

function synthesize() {
  const stack = new Stack(new App(), 'Site');
  new WebAcl(stack, 'Firewall', {
    webAclScope: WebAclScope.REGIONAL,
    behindEdge: true,
    accessRules: [
      AccessRule.probe({ host: PROBE_HOST, path: '/live' }),
      AccessRule.requireHeader({
        name: 'X-Origin-Secret',
        values: [SecretValue.secretsManager(NEWEST), SecretValue.secretsManager(OLDER)],
      }),
    ],
  });
  const [webAcl] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));
  return webAcl;
}

const webAcl = synthesize();
const secret = (value: string) => ({ 'x-origin-secret': value });

const blocked = { action: 'BLOCK', rule: 'RequireHeader' };
const probed = { action: 'ALLOW', rule: 'Probe' };
const passed = { action: 'ALLOW', rule: 'Default_Action' };

test.each([
  ['the probe', 'GET', PROBE_HOST, '/live', {}, probed],
  ['the probe with a query', 'GET', PROBE_HOST, '/live?x=1', {}, probed],
  ['the probe to the host in capitals', 'GET', PROBE_HOST.toUpperCase(), '/live', {}, probed],
  ['the probe as a POST', 'POST', PROBE_HOST, '/live', {}, blocked],
  ['the probe as a HEAD', 'HEAD', PROBE_HOST, '/live', {}, blocked],
  ['the probe in small letters', 'get', PROBE_HOST, '/live', {}, blocked],
  ['a trailing slash', 'GET', PROBE_HOST, '/live/', {}, blocked],
  ['a path that starts like the probe', 'GET', PROBE_HOST, '/live/../admin', {}, blocked],
  ['a path that ends like the probe', 'GET', PROBE_HOST, '/x/../live', {}, blocked],
  ['a doubled slash', 'GET', PROBE_HOST, '//live', {}, blocked],
  ['the path in capitals', 'GET', PROBE_HOST, '/LIVE', {}, blocked],
  ['an encoded path', 'GET', PROBE_HOST, '/%6cive', {}, blocked],
  ['another path', 'GET', PROBE_HOST, '/', {}, blocked],
  ["another Region's host", 'GET', 'eu-west-1.origin.shop.example.com', '/live', {}, blocked],
  ['the host with a port', 'GET', `${PROBE_HOST}:443`, '/live', {}, blocked],
  ["the service's host", 'GET', 'shop.example.com', '/live', {}, blocked],
  ['a client without the header', 'GET', 'shop.example.com', '/api', {}, blocked],
  ['a client with an empty header', 'GET', 'shop.example.com', '/api', secret(''), blocked],
  ['a client with a wrong header', 'GET', 'shop.example.com', '/api', secret('guess'), blocked],
  ['the secret in another header', 'GET', 'shop.example.com', '/api', { 'x-other': secretValue(NEWEST) }, blocked],
  ['the secret in other case', 'GET', 'shop.example.com', '/api', secret(secretValue(NEWEST).toUpperCase()), blocked],
  ['the secret and more', 'GET', 'shop.example.com', '/api', secret(`${secretValue(NEWEST)}x`), blocked],
  ['the edge with the newest secret', 'GET', 'shop.example.com', '/api', secret(secretValue(NEWEST)), passed],
  ['the edge with the older secret', 'GET', 'shop.example.com', '/api', secret(secretValue(OLDER)), passed],
  ['a POST with the newest secret', 'POST', 'shop.example.com', '/api', secret(secretValue(NEWEST)), passed],
  ['a POST with the older secret', 'POST', 'shop.example.com', '/api', secret(secretValue(OLDER)), passed],
  ['the header in capitals', 'GET', 'shop.example.com', '/api', { 'X-ORIGIN-SECRET': secretValue(OLDER) }, passed],
])('%s: %s http://%s%s', (_name, method, host, path, headers, verdict) => {
  expect(evaluateWebAcl(webAcl, { method, host, path, headers })).toEqual(verdict);
});

test('the rules run in the order probe limit, probe, secret, managed groups', () => {
  const rules = webAcl?.Properties.Rules.map((rule: { Name: string; Priority: number }) => [rule.Priority, rule.Name]);
  expect(rules).toEqual([
    [0, 'ProbeLimit'],
    [1, 'Probe'],
    [2, 'RequireHeader'],
    [3, 'AWSManagedRulesKnownBadInputsRuleSet'],
  ]);
});

test('the limit of the probe counts exactly the request that the probe lets in', () => {
  const [limit, allow] = webAcl?.Properties.Rules ?? [];
  expect(limit.Action).toEqual({ Block: {} });
  expect(limit.Statement.RateBasedStatement).toEqual({
    AggregateKeyType: 'IP',
    EvaluationWindowSec: 300,
    Limit: 300,
    ScopeDownStatement: allow.Statement,
  });
});
