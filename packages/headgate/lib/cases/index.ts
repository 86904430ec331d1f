export type { Case, Expectation } from './case';
export * from './formats';
export * from './judge';
export * from './read-cases';
export { CASE_FILE, DESTINATION_TYPES } from './schema';
