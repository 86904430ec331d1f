import { Fields, type Resource, resourceIn } from '../../template';
import type { Hop } from '../hop';
import { CONTINUOUS_DEPLOYMENT_POLICY, DISTRIBUTION } from '../resource-types';
import { type Step, stepAt } from '../step';
import { type Edge, unknownOf } from './config';

/**
 * Puts a continuous deployment before a distribution: some requests go to its staging distribution (CF-4). At peak times CloudFront may
 * send all to the primary one, so what goes to staging is load-dependent.
 */
export function behindContinuousDeployment(edge: Edge, primary: Hop, serve: (staging: Resource) => Hop): Hop {
  const id = edge.config.text('ContinuousDeploymentPolicyId');
  if (id === undefined || id === '') return primary;
  const resource = resourceIn(id);
  const policy =
    resource?.type === CONTINUOUS_DEPLOYMENT_POLICY
      ? Fields.of(resource).object('ContinuousDeploymentPolicyConfig')
      : undefined;
  if (!policy)
    return after(stepOf(edge, 'its continuous deployment is not known', `${id} isn't in the templates`), primary);
  const unknown =
    unknownOf(policy, ['Enabled', 'StagingDistributionDnsNames', 'TrafficConfig', 'Type']) ??
    unknownOf(policy.object('TrafficConfig'), ['Type', 'SingleWeightConfig', 'SingleHeaderConfig']);
  if (unknown) return after(stepOf(edge, 'its continuous deployment is not known', `${unknown} isn't known`), primary);
  const staging = stagingOf(policy, serve);
  if (policy.boolean('Enabled') === false || !staging) return primary;
  const traffic = policy.object('TrafficConfig');
  return (traffic?.string('Type') ?? policy.string('Type')) === 'SingleHeader'
    ? byHeader(
        traffic?.object('SingleHeaderConfig') ?? policy.object('SingleHeaderPolicyConfig'),
        edge,
        primary,
        staging,
      )
    : byWeight(
        traffic?.object('SingleWeightConfig') ?? policy.object('SingleWeightPolicyConfig'),
        edge,
        primary,
        staging,
      );
}

function byHeader(config: Fields | undefined, edge: Edge, primary: Hop, staging: Hop): Hop {
  const unknown = unknownOf(config, ['Header', 'Value']);
  if (unknown) return after(stepOf(edge, 'its continuous deployment is not known', `${unknown} isn't known`), primary);
  const name = config?.string('Header')?.toLowerCase() ?? '';
  const value = config?.string('Value');
  const matched = stepOf(edge, `header ${name} selects the staging distribution`);
  return {
    pass(passage, road) {
      const isSelected = value !== undefined && passage.request.header(name) === value;
      if (isSelected) staging.pass(passage.note(matched).atBest('load-dependent'), road);
      else primary.pass(passage, road);
    },
  };
}

function byWeight(config: Fields | undefined, edge: Edge, primary: Hop, staging: Hop): Hop {
  const unknown = unknownOf(config, ['Weight']);
  if (unknown) return after(stepOf(edge, 'its continuous deployment is not known', `${unknown} isn't known`), primary);
  const weight = Math.min(Math.max(config?.number('Weight') ?? 0, 0), 1);
  if (weight === 0) return primary;
  const toStaging = stepOf(edge, `sends ${Number((weight * 100).toFixed(4))} % to its staging distribution`);
  const toPrimary = stepOf(edge, "keeps what doesn't go to its staging distribution");
  return {
    pass(passage, road) {
      staging.pass(passage.note(toStaging).part(weight, 'load-dependent', 0, weight), road);
      primary.pass(passage.note(toPrimary).part(1 - weight, 'load-dependent', 1 - weight, 1), road);
    },
  };
}

/** The staging distribution of a policy; if it isn't in the templates, the road ends at its name. */
function stagingOf(policy: Fields, serve: (staging: Resource) => Hop): Hop | undefined {
  const name = policy.texts('StagingDistributionDnsNames')[0];
  const resource = resourceIn(name);
  if (resource?.type === DISTRIBUTION) return serve(resource);
  if (name === undefined) return undefined;
  const id = String(name);
  return { pass: (passage, road) => road.end(passage, { type: 'address', id }) };
}

function stepOf({ resource }: Edge, because: string, unknown?: string): Step {
  return stepAt('distribution', resource, because, ['CF-4'], {
    ...(unknown === undefined
      ? {}
      : {
          warning: `${resource.stack.name}/${resource.logicalId}: ${unknown}, so nothing counts as going to a staging distribution.`,
        }),
  });
}

/** What comes after something that isn't known and may have another end. */
function after(step: Step, next: Hop): Hop {
  return { pass: (passage, road) => next.pass(passage.note(step).part(1, 'bounded', 0, 1), road) };
}
