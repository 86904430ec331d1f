import { Fields, Reference, type Resource } from '../../template';
import { type Quality, worse } from '../quality';
import type { HealthCheck, World } from '../world';
import { judgeEndpoint } from './endpoint';
import { Progress } from './progress';

const HEALTH_CHECK = 'AWS::Route53::HealthCheck';

/** What a check finds before it is inverted. */
export interface Verdict {
  readonly working: boolean;
  /** A clause: `its endpoint shop.example.com doesn't answer`. */
  readonly why: string;
  readonly facts: readonly string[];
  readonly quality?: Quality;
  readonly warning?: string;
}

/** Decides the settled status of a health check, after inversion, under the world's faults. */
export function compileHealthCheck(resource: Resource, world: World): HealthCheck {
  if (world.faults.isCheckUnhealthy(resource)) {
    return { resource, healthy: false, because: `${resource.logicalId} is unhealthy: a fault says so`, facts: [] };
  }
  const progress = Progress.of(world);
  if (progress.comesBackTo(resource)) {
    return { resource, healthy: true, because: `${resource.logicalId} is taken to be healthy`, facts: ['R53-7'] };
  }
  const check = progress.decide(resource, () => decide(resource, world));
  return progress.isCircular(resource) ? neverSettled(check) : check;
}

function decide(resource: Resource, world: World): HealthCheck {
  const id = resource.logicalId;
  const config = Fields.of(resource).object('HealthCheckConfig');
  if (!config) return assumedHealthy(resource, 'HealthCheckConfig');
  const type = config.string('Type');
  if (type === undefined) return assumedHealthy(resource, 'HealthCheckConfig.Type');
  const verdict = judge(resource, config, type.toUpperCase(), world);
  const inverted = config.boolean('Inverted') ?? false;
  const healthy = verdict.working !== inverted;
  const turned = inverted ? ', and it is inverted' : '';
  return {
    resource,
    healthy,
    because: `${id} is ${healthy ? 'healthy' : 'unhealthy'}: ${verdict.why}${turned}`,
    facts: inverted ? [...new Set([...verdict.facts, 'R53-19'])] : verdict.facts,
    ...(verdict.quality === undefined ? {} : { quality: verdict.quality }),
    ...(verdict.warning === undefined ? {} : { warning: verdict.warning }),
  };
}

function judge(resource: Resource, config: Fields, type: string, world: World): Verdict {
  if (config.boolean('Disabled')) return { working: true, why: 'it is disabled', facts: ['R53-19'] };
  switch (type) {
    case 'CALCULATED':
      return judgeChildren(config, world);
    case 'CLOUDWATCH_METRIC':
      return judgeMetric(config, world);
    case 'RECOVERY_CONTROL':
      return {
        working: true,
        why: 'its routing control is taken to be on',
        facts: [],
        warning: `${resource.logicalId}: the state of its routing control isn't in the template and is taken to be on.`,
      };
    default:
      return judgeEndpoint(config, type, world);
  }
}

/** Enough healthy children; a threshold of 0 is always met, one above their number never (R53-10). */
function judgeChildren(config: Fields, world: World): Verdict {
  const facts = new Set(['R53-10']);
  const warnings: string[] = [];
  const out: string[] = [];
  let quality: Quality = 'exact';
  let healthy = 0;
  const children = config.list('ChildHealthChecks');
  for (const child of children) {
    const check = child instanceof Reference && child.resource.type === HEALTH_CHECK ? child.resource : undefined;
    const status = check && world.healthCheck(check);
    if (status === undefined || status.healthy) healthy++;
    else out.push(status.because);
    for (const fact of status?.facts ?? []) facts.add(fact);
    quality = worse(quality, status?.quality ?? 'exact');
    if (status?.warning !== undefined) warnings.push(status.warning);
  }
  const needed = config.number('HealthThreshold') ?? children.length;
  if (!config.has('HealthThreshold') || config.isSymbolic('HealthThreshold')) {
    warnings.push(`${config.at('HealthThreshold')} isn't known; all children are taken to be needed.`);
  }
  const detail = out.length === 0 ? '' : ` (${out.join('; ')})`;
  const why = `${healthy} of ${children.length} children are healthy and ${needed} needed${detail}`;
  return {
    working: healthy >= needed,
    why,
    facts: [...facts],
    ...(quality === 'exact' ? {} : { quality }),
    ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
  };
}

/** A metric is fine unless its Region is down: then there is no data, and the check says what that means (R53-9). */
function judgeMetric(config: Fields, world: World): Verdict {
  const region = config.object('AlarmIdentifier')?.string('Region');
  const facts = ['R53-9'];
  if (!world.faults.isRegionDown(region)) return { working: true, why: 'its metric is taken to be fine', facts };
  const status = config.string('InsufficientDataHealthStatus') ?? 'LastKnownStatus';
  const working = status.toLowerCase() !== 'unhealthy';
  return { working, why: `its metric is in ${region}, which is down, and without data it is ${status}`, facts };
}

function assumedHealthy(resource: Resource, property: string): HealthCheck {
  const warning = `${resource.stack.name}/${resource.logicalId}: ${property} isn't known; the check counts as healthy.`;
  return { resource, healthy: true, because: `${resource.logicalId} is taken to be healthy`, facts: [], warning };
}

/** What is checked depends on the check: it is decided as if it had been healthy before. */
function neverSettled(check: HealthCheck): HealthCheck {
  const { stack, logicalId } = check.resource;
  const warning = `${stack.name}/${logicalId} checks what depends on its own status, which may never settle.`;
  return {
    ...check,
    facts: [...new Set([...check.facts, 'R53-7'])],
    quality: 'undocumented',
    warning: check.warning === undefined ? warning : `${warning} ${check.warning}`,
  };
}
