import { Symbolic, type Text } from '../../../template';
import { compileBlocks } from '../../matching/cidr';
import type { HttpRequest } from '../../request';
import { type Criterion, unknowable } from './criterion';
import { Verdict, verdictOf } from './verdict';

/** A value of a source-ip condition: a block that the connection's address is in, whatever X-Forwarded-For says (ALB-5). */
export function sourceCriterion(value: Text, at: string): Criterion {
  const label = `source ${value}`;
  const facts = ['ALB-5'];
  if (value instanceof Symbolic) return unknowable(label, `${at} isn't known: ${value}`, facts);
  const contains = compileBlocks([value]);
  const isEverybody = value === '0.0.0.0/0';
  return {
    label,
    facts,
    doubt: isEverybody
      ? `${at}: the client's address isn't known and is taken for one of IPv4; give it with --client-ip`
      : `${at}: the client's address isn't known, so that ${value} counts as not matching; give it with --client-ip`,
    doubtful: 'bounded',
    test: (request) => {
      if (request.address !== undefined) return verdictOf(contains(request.address));
      if (isEverybody) return Verdict.LIKELY;
      return comesFromClient(request) ? Verdict.UNKNOWN : Verdict.NO;
    },
  };
}

/** Behind CloudFront and for health checkers the address is one of AWS's, which nobody lists in such a block. */
function comesFromClient(request: HttpRequest): boolean {
  return request.via !== 'cloudfront' && request.via !== 'health-checker';
}
