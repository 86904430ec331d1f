import { describeResource, Fields, Reference, type Resource, type Text } from '../../template';
import { worse } from '../quality';
import { HEALTH_CHECK } from '../resource-types';
import type { Health, HealthCheck, World } from '../world';
import { judgeEndpoint } from './endpoint';
import { doubting, found, isCertain, restingOn } from './finding';
import { Progress } from './progress';

/** Decides the settled status of a health check, after inversion, under the world's faults. */
export function compileHealthCheck(resource: Resource, world: World): HealthCheck {
  const id = resource.logicalId;
  if (world.faults.isCheckUnhealthy(resource)) {
    return { resource, ...found(false, `${id} is unhealthy: a fault says so`, []) };
  }
  const progress = Progress.of(world);
  if (progress.comesBackTo(resource)) return { resource, ...found(true, `${id} is taken to be healthy`, ['R53-7']) };
  const check = progress.decide(resource, () => decide(resource, world));
  return progress.isCircular(resource) ? neverSettled(check) : check;
}

/** The health that a property with the id of a check gives: one outside the templates is healthy as far as anybody can say. */
export function healthById(value: Text, where: string, world: World): Health {
  if (value instanceof Reference && value.resource.type === HEALTH_CHECK) return world.healthCheck(value.resource);
  const warning = `${where}: the health check ${value} isn't in the templates and counts as healthy.`;
  return found(true, `the health check ${value} is taken to be healthy`, [], {
    quality: unseen(world),
    warnings: [warning],
  });
}

/** How well the health of what isn't in the templates is known: a fault may be one that it has. */
function unseen(world: World): Health['quality'] {
  return world.faults.list.length === 0 ? 'exact' : 'bounded';
}

function decide(resource: Resource, world: World): HealthCheck {
  const id = resource.logicalId;
  const config = Fields.of(resource).object('HealthCheckConfig');
  if (!config) return assumedHealthy(resource, 'HealthCheckConfig');
  const type = config.string('Type');
  if (type === undefined) return assumedHealthy(resource, 'HealthCheckConfig.Type');
  const finding = judge(resource, config, type.toUpperCase(), world);
  const isInverted = config.boolean('Inverted') ?? false;
  const healthy = finding.healthy !== isInverted;
  return {
    resource,
    ...doubting(finding, unknownSwitches(config, finding)),
    healthy,
    because: `${id} is ${healthy ? 'healthy' : 'unhealthy'}: ${finding.because}${isInverted ? ', and it is inverted' : ''}`,
    facts: isInverted ? [...new Set([...finding.facts, 'R53-19'])] : finding.facts,
    isTurned: isInverted && healthy,
  };
}

/** What isn't known and would turn a finding: a check that is disabled is healthy anyhow. */
function unknownSwitches(config: Fields, finding: Health): readonly string[] {
  const names = ['Inverted', ...(finding.healthy ? [] : ['Disabled'])].filter((name) => config.isSymbolic(name));
  return names.map((name) => `${config.at(name)} isn't known; it is taken for false.`);
}

function judge(resource: Resource, config: Fields, type: string, world: World): Health {
  if (config.boolean('Disabled')) return found(true, 'it is disabled', ['R53-19']);
  switch (type) {
    case 'CALCULATED':
      return judgeChildren(config, world);
    case 'CLOUDWATCH_METRIC':
      return judgeMetric(resource, config, world);
    case 'RECOVERY_CONTROL':
      return found(true, 'its routing control is taken to be on', [], {
        warnings: [
          `${resource.logicalId}: the state of its routing control isn't in the template and is taken to be on.`,
        ],
      });
    default:
      return judgeEndpoint(config, type, world);
  }
}

/** Enough healthy children; a threshold of 0 is always met, one above their number never (R53-10). */
function judgeChildren(config: Fields, world: World): Health {
  if (config.isSymbolic('ChildHealthChecks')) {
    const warning = `${config.at('ChildHealthChecks')} isn't known; the check counts as healthy.`;
    return doubting(found(true, 'its children are taken to be healthy', ['R53-10']), [warning], unseen(world));
  }
  const children = config.texts('ChildHealthChecks').map((child) => healthById(child, config.where, world));
  const healthy = children.filter((child) => child.healthy).length;
  const needed = config.number('HealthThreshold') ?? children.length;
  const out = children.filter((child) => !child.healthy).map(({ because }) => because);
  const detail = out.length === 0 ? '' : ` (${out.join('; ')})`;
  const certain = children.filter((child) => child.healthy && isCertain(child));
  const { facts } = restingOn(children);
  // The other children don't matter where the certain ones are enough.
  const { quality, warnings } = restingOn(certain.length >= needed ? certain : children);
  const isKnown = config.has('HealthThreshold') && !config.isSymbolic('HealthThreshold');
  const unknown = `${config.at('HealthThreshold')} isn't known; all children are taken to be needed.`;
  const finding = found(
    healthy >= needed,
    `${healthy} of ${children.length} children are healthy and ${needed} needed${detail}`,
    [...new Set(['R53-10', ...facts])],
    { quality, warnings },
  );
  return doubting(finding, isKnown ? [] : [unknown], healthy === children.length ? 'exact' : 'bounded');
}

/** A metric is taken to be fine unless its Region is down: then there is no data, and the check says what that means (R53-9). */
function judgeMetric(resource: Resource, config: Fields, world: World): Health {
  const region = config.object('AlarmIdentifier')?.string('Region');
  const facts = ['R53-9'];
  if (!world.faults.isRegionDown(region)) {
    const state = `${resource.logicalId}: the state of its metric isn't in the template and is taken to be fine.`;
    const quality = region === undefined ? unseen(world) : 'exact';
    return found(true, 'its metric is taken to be fine', facts, { quality, warnings: [state] });
  }
  const status = config.string('InsufficientDataHealthStatus') ?? 'LastKnownStatus';
  const because = `its metric is in ${region}, which is down, and without data it is ${status}`;
  const finding = found(status.toLowerCase() !== 'unhealthy', because, facts);
  const name = 'InsufficientDataHealthStatus';
  const unknown = config.isSymbolic(name) ? [`${config.at(name)} isn't known; it is taken for ${status}.`] : [];
  return doubting(finding, unknown);
}

function assumedHealthy(resource: Resource, property: string): HealthCheck {
  const warning = `${describeResource(resource)}: ${property} isn't known; the check counts as healthy.`;
  return { resource, ...found(true, `${resource.logicalId} is taken to be healthy`, [], { warnings: [warning] }) };
}

/** What is checked depends on the check: it is decided as if it had been healthy before. */
function neverSettled(check: HealthCheck): HealthCheck {
  const warning = `${describeResource(check.resource)} checks what depends on its own status, which may never settle.`;
  return {
    ...check,
    facts: [...new Set([...check.facts, 'R53-7'])],
    quality: worse(check.quality, 'undocumented'),
    warnings: [warning, ...check.warnings],
  };
}
