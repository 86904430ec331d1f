export { ERROR_CODES, type ErrorCode, HeadgateError } from './errors';
export * from './traffic';
