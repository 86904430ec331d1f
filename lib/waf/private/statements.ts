import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** The part of a request that a statement looks at. */
export const METHOD: CfnWebACL.FieldToMatchProperty = { method: {} };

/** The path, without the query, as the client sent it. */
export const URI_PATH: CfnWebACL.FieldToMatchProperty = { uriPath: {} };

/** One header. The L1 passes this JSON on as it is, hence the capital letter. */
export function header(name: string): CfnWebACL.FieldToMatchProperty {
  return { singleHeader: { Name: name.toLowerCase() } };
}

/** Matches a part of the request that is exactly `value`, as it was sent or in lower case. A part that is missing does not match. */
export function exactly(
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  value: string,
  transformation: 'NONE' | 'LOWERCASE' = 'NONE',
): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch,
      positionalConstraint: 'EXACTLY',
      searchString: value,
      textTransformations: [{ priority: 0, type: transformation }],
    },
  };
}

/** All of several statements. */
export function allOf(statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return { andStatement: { statements } };
}

/** Any of the statements; WAF takes an Or of two or more only. */
export function anyOf(statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return statements.length === 1 ? statements[0]! : { orStatement: { statements } };
}

/** The opposite of a statement. */
export function not(statement: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty {
  return { notStatement: { statement } };
}

/** More than `limit` requests from one address in a window (WAF-1), of those that `scopeDown` matches. */
export function overRate(
  limit: number,
  windowSeconds: number,
  scopeDown?: CfnWebACL.StatementProperty,
): CfnWebACL.StatementProperty {
  return {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit,
      evaluationWindowSec: windowSeconds,
      scopeDownStatement: scopeDown,
    },
  };
}
