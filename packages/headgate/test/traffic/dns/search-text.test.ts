import { ends, trafficOf } from '../../support/traffic';
import { check, record, SHOP } from './support';

const NAME = { 'Fn::GetAtt': ['Lb', 'DNSName'] };
const OUT = ['1 address 192.0.2.2'];
const IN = ['1 address 192.0.2.1'];

/** A failover whose primary rests on a check for a text in what a balancer answers. */
function failover(action: object, config: object = {}) {
  const answer = trafficOf({
    Primary: record('192.0.2.1', { SetIdentifier: 'p', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
    Secondary: record('192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' }),
    Check: check({ Type: 'HTTP_STR_MATCH', FullyQualifiedDomainName: NAME, SearchString: 'OK', ...config }),
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 80, Protocol: 'HTTP', DefaultActions: [action] },
    },
    Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', Port: 80 } },
  }).request({ url: SHOP });
  const [first] = answer.outcomes;
  return { ends: ends(answer), quality: first!.quality, warnings: answer.warnings.join(), trace: first!.trace };
}

const FORWARD = { Type: 'forward', TargetGroupArn: { Ref: 'Group' } };
const fixed = (MessageBody?: unknown) => ({
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '200', ...(MessageBody === undefined ? {} : { MessageBody }) },
});

test.each([
  ['holds it', fixed('all OK'), IN],
  ['lacks it', fixed('maintenance'), OUT],
  ['holds it in another case', fixed('ok'), OUT],
  ['has no body', fixed(), OUT],
  ['comes from a server', FORWARD, IN],
])('a check for a text by an answer that %s', (_, action, expected) => {
  expect(failover(action)).toMatchObject({ ends: expected, quality: 'exact', warnings: '' });
});

test('the trace says that the text is what was missing', () => {
  const [step] = failover(fixed('maintenance')).trace;
  expect(step!.because).toContain('200 of Listener without the text that it looks for');
});

test('the body of a redirect is not documented, so the text counts as absent', () => {
  const redirected = failover({ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS' } });
  expect(redirected).toMatchObject({ ends: OUT, quality: 'undocumented' });
  expect(redirected.warnings).toContain('a redirect answers it, Listener, of whose body AWS documents nothing');
});

test.each([
  ['a body', fixed({ Ref: 'Body' }), {}, 'FixedResponseConfig.MessageBody'],
  ['a text to look for', fixed('all OK'), { SearchString: { Ref: 'Text' } }, 'HealthCheckConfig.SearchString'],
])('%s that only a deployment knows leaves the check open', (_, action, config, property) => {
  const open = failover(action, config);
  expect(open).toMatchObject({ ends: IN, quality: 'bounded' });
  expect(open.warnings).toContain(`${property} isn't known; the text that it looks for counts as there.`);
});

test.each([
  ['holds it', fixed('all OK'), OUT],
  ['lacks it', fixed('maintenance'), IN],
  ['comes from a server', FORWARD, IN],
])('an inverted check for a text, by an answer that %s', (_, action, expected) => {
  expect(failover(action, { Inverted: true })).toMatchObject({ ends: expected, quality: 'exact', warnings: '' });
});
