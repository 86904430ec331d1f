import { Symbolic, type Text } from '../../../template';
import { compileBlocks, holdsPublic } from '../../matching/cidr';
import type { HttpRequest } from '../../request';
import { type Criterion, unknowable } from './criterion';
import { Verdict, verdictOf } from './verdict';

/**
 * A value of a source-ip condition: a block that the connection's address is in, whatever X-Forwarded-For says (ALB-5).
 *
 * @param list where all values of the condition stand: an address that isn't known is so for each of them
 */
export function sourceCriterion(value: Text, at: string, list: string): Criterion {
  const label = `source ${value}`;
  const facts = ['ALB-5'];
  if (value instanceof Symbolic) return unknowable(label, `${at} isn't known: ${value}`, facts);
  const contains = compileBlocks([value]);
  // Checkers ask from public addresses; of CloudFront's, VPC origins show private ones.
  const mayHoldCheckers = holdsPublic(value);
  const isEverybody = value === '0.0.0.0/0';
  const ofVersion = value.includes(':') ? 6 : 4;
  const isWhole = isEverybody || value === '::/0';
  return {
    label,
    facts,
    doubt: (request) => `${list}: ${addressOf(request)}${isEverybody ? ', and is taken for one of IPv4' : ''}`,
    doubtful: 'bounded',
    test: (request) => {
      if (request.address !== undefined) return verdictOf(contains(request.address));
      const { via, client } = request;
      if (via === 'client' && client.ipVersion !== undefined) {
        if (client.ipVersion !== ofVersion) return Verdict.NO;
        if (isWhole) return Verdict.YES;
      }
      if (isEverybody) return Verdict.LIKELY;
      return via !== 'health-checker' || mayHoldCheckers ? Verdict.UNKNOWN : Verdict.NO;
    },
  };
}

/** Whose address a balancer sees that isn't known: behind CloudFront and for health checkers it is one of AWS's. */
function addressOf({ via, client }: HttpRequest): string {
  if (via === 'cloudfront') return "the address of CloudFront isn't known";
  if (via === 'health-checker') return "the address of a health checker isn't known";
  if (client.address !== undefined) return "which address the balancer sees isn't known";
  const { ipVersion } = client;
  if (ipVersion === undefined) return "the client's address isn't known; give it with --client-ip";
  return `the client comes by IPv${ipVersion}, from an address that isn't known; give that one with --client-ip`;
}
