import { sourceCriterion } from '../../../../lib/traffic/balancer/alb/source';
import { Verdict } from '../../../../lib/traffic/balancer/alb/verdict';
import { readRequest, type Via } from '../../../../lib/traffic/request';

const from = (via: Via, address?: string) => readRequest({ url: 'http://example.com/' }).with({ via, address });

test.each([
  ['a client whose address is given', from('client', '192.0.2.1'), Verdict.YES],
  ['a client elsewhere', from('client', '198.51.100.1'), Verdict.NO],
  ['a client whose address is not known', from('client'), Verdict.UNKNOWN],
  ['an accelerator that hides the address', from('global-accelerator'), Verdict.UNKNOWN],
  ['the edge, whose address is its own', from('cloudfront'), Verdict.UNKNOWN],
  ['a health checker', from('health-checker'), Verdict.UNKNOWN],
])('of %s it is known, or not, whether it is in a block', (_name, request, verdict) => {
  expect(sourceCriterion('192.0.2.0/24', 'Values[0]', 'Values').test(request)).toBe(verdict);
});

test('no health checker is in a private block', () => {
  expect(sourceCriterion('10.1.0.0/16', 'Values[0]', 'Values').test(from('health-checker'))).toBe(Verdict.NO);
});
