export type { Case, Expectation } from './cases/case';
export { judgeCases, type Verdict } from './cases/judge';
export { readCases } from './cases/read-cases';
export { ERROR_CODES, type ErrorCode, HeadgateError } from './errors';
export type { CloudAssemblyFolder, ReadOptions, Resource, Stack, Templates } from './template';
export * from './traffic';
export { Coverage, type CoverageReport, type KindCoverage } from './traffic/coverage';
export type { Element } from './traffic/element';
export { elementsOf } from './traffic/elements';
