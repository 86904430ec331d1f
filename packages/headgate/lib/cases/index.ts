export * from './formats';
export * from './judge';
export * from './read-cases';
export { CASE_FILE, type Case, DESTINATION_TYPES, type Expectation } from './schema';
