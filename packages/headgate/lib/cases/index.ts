export type { Case, Expectation } from './case';
export { DESTINATION_TYPES } from './destination-types';
export * from './formats';
export * from './judge';
export * from './read-cases';
export { CASE_FILE } from './schema';
