import { type Fields, Reference, Symbolic, type Text } from '../../template';
import type { Hop } from '../hop';
import { EDGE_FUNCTION } from '../resource-types';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';
import { EdgeFunction } from './edge-function';
import { readFunctionMetadata } from './function-metadata';

/** The events before the origin answers: what runs later doesn't change where a request goes. */
const REQUEST_EVENTS = ['viewer-request', 'origin-request'];

/**
 * Compiles the functions that a behavior runs before the origin is asked.
 *
 * @param onwardTo where the road goes on: to an origin by its Id, or to the behavior's own
 */
export function compileFunctions(behavior: Fields, edge: Edge, onwardTo: (originId?: string) => Hop): Hop {
  const arns = [
    ...arnsOf(behavior, 'FunctionAssociations', 'FunctionARN'),
    ...arnsOf(behavior, 'LambdaFunctionAssociations', 'LambdaFunctionARN'),
  ];
  let hop: Hop | undefined;
  const unknown: Step[] = [];
  for (const arn of arns) {
    const resource = arn instanceof Reference && arn.resource.type === EDGE_FUNCTION ? arn.resource : undefined;
    const metadata = resource && readFunctionMetadata(resource, edge.world.templates);
    if (resource && metadata)
      hop = new EdgeFunction(resource, metadata, onwardTo(), (id) => onwardTo(id), edge.world.regexes);
    else unknown.push(unknownStep(arn, edge));
  }
  const next = hop ?? onwardTo();
  return unknown.length === 0 ? next : afterUnknown(unknown, next);
}

function arnsOf(behavior: Fields, list: string, property: string): readonly Text[] {
  const unknown = behavior.raw(list);
  if (unknown instanceof Symbolic) return [unknown];
  return behavior
    .objects(list)
    .filter((association) => REQUEST_EVENTS.includes(association.string('EventType') ?? 'viewer-request'))
    .map((association) => association.text(property) ?? 'a function that is not named');
}

/** What a function does that no metadata tells of can't be known; it counts as doing nothing. */
function unknownStep(arn: Text, edge: Edge): Step {
  const resource = arn instanceof Reference ? arn.resource : edge.resource;
  const name = arn instanceof Reference ? resource.logicalId : String(arn);
  // Only a function that stands in the templates as such can say it.
  const advice = resource.type === EDGE_FUNCTION ? " Say it in its Metadata['cdk-headgate']." : '';
  const warning = `${edge.resource.stack.name}/${edge.resource.logicalId}: what function ${name} does isn't known; it counts as doing nothing.${advice}`;
  return stepAt('function', resource, 'what it does is not known', ['CF-7'], { id: name, warning });
}

function afterUnknown(steps: readonly Step[], next: Hop): Hop {
  return {
    pass(passage, road) {
      let at = passage;
      for (const step of steps) at = at.note(step);
      next.pass(at.atBest('undocumented'), road);
    },
  };
}
