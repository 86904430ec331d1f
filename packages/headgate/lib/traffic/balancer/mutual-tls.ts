import { Fields, type Resource } from '../../template';
import { type Step, stepAt } from '../step';

/**
 * What to say of clients whose certificates a listener verifies before it takes a connection (ALB-41): requests say nothing of certificates.
 * Undefined if it takes connections of anybody.
 */
export function certificateDoubt(listener: Resource): Step | undefined {
  const fields = Fields.of(listener);
  const config = fields.object('MutualAuthentication');
  const unknown = fields.isSymbolic('MutualAuthentication')
    ? fields.at('MutualAuthentication')
    : config?.isSymbolic('Mode')
      ? config.at('Mode')
      : undefined;
  const step = (because: string, warning: string) => stepAt('listener', listener, because, ['ALB-41'], { warning });
  if (unknown !== undefined) {
    return step("whether it verifies clients' certificates is not known", `${unknown} isn't known: off is assumed.`);
  }
  if (config?.string('Mode')?.toLowerCase() !== 'verify') return undefined;
  const because = 'it takes connections of clients alone whose certificate its trust store vouches for';
  return step(because, `${config.at('Mode')} is verify: the client is taken to have a certificate that is trusted.`);
}
