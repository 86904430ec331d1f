import { Token } from 'aws-cdk-lib';
import { HeadgateError } from '../../core/errors';
import { isCountryCode } from './countries';
import type { AccessRuleSpec } from './rule-fragment';

/** Blocks requests from countries. */
export function countryRule(codes: string[]): AccessRuleSpec {
  if (codes.length === 0) {
    throw new HeadgateError('HG1003', "'codes' must name at least one country, got none: leave the rule out instead");
  }
  const bad = codes.find((code) => !Token.isUnresolved(code) && !isCountryCode(code));
  if (bad !== undefined) {
    throw new HeadgateError(
      'HG1003',
      `'codes' must be two-letter ISO 3166 codes in capitals, got '${bad}': use for instance 'DE', or 'GB' for the United Kingdom`,
    );
  }
  return {
    kind: 'BlockCountries',
    label: 'AccessRule.blockCountries()',
    judgesAddress: true,
    secretHeaders: [],
    rateRules: 0,
    render: ({ name }) => [{ name, action: 'block', statement: { geoMatchStatement: { countryCodes: codes } } }],
  };
}
