import { HeadgateError } from '../errors';
import { LIMITS } from './limits';

/**
 * Refuses a template with more resources than anybody deploys, before anything is built of them.
 *
 * @throws HeadgateError HM1004
 */
export function refuseManyResources(template: unknown, file: string): void {
  const resources = typeof template === 'object' && template !== null && 'Resources' in template && template.Resources;
  if (typeof resources !== 'object' || resources === null) return;
  const count = Object.keys(resources).length;
  if (count > LIMITS.resources) throw tooMany(count, file);
}

/** The error for a template with too many resources. */
export function tooMany(count: number, file: string): HeadgateError {
  return new HeadgateError(
    'HM1004',
    `${file}: has ${count} resources, more than the ${LIMITS.resources} that are read.`,
  );
}
