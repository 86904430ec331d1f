import { Fields, type Resource } from '../../template';
import type { Hop, Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { ACCELERATOR_LISTENER } from '../resource-types';
import { type Step, stepAt } from '../step';
import { straysOf, strayWarning } from '../strays';
import type { World } from '../world';
import { AcceleratorListener } from './listener';

/** Compiles an accelerator: its listeners by port, the endpoint groups by distance and dial, the endpoints by weight and health. */
export function compileAccelerator(resource: Resource, world: World): Hop {
  return new Accelerator(resource, world);
}

function noListener(request: HttpRequest): string {
  return `no listener takes port ${request.port}${request.httpVersion === '3' ? ' for UDP' : ''}`;
}

class Accelerator implements Hop {
  private readonly listeners: readonly AcceleratorListener[];
  private readonly disabled: Step | undefined;
  private readonly maybeDisabled: Step | undefined;
  private readonly noListener: Step;
  private readonly mayListen: boolean;
  private readonly error: Destination;

  constructor(resource: Resource, world: World) {
    this.listeners = world.templates
      .ofType(ACCELERATOR_LISTENER)
      .filter((listener) => Fields.of(listener).reference('AcceleratorArn') === resource)
      .map((listener) => new AcceleratorListener(listener, world));
    this.error = destinationAt('error', resource);
    const fields = Fields.of(resource);
    const isEnabled = fields.boolean('Enabled') ?? true;
    if (!isEnabled) this.disabled = stepAt('accelerator', resource, 'it is disabled', ['GA-1']);
    if (fields.isSymbolic('Enabled')) {
      const warning = `${fields.at('Enabled')} isn't known: true is assumed.`;
      this.maybeDisabled = stepAt('accelerator', resource, 'whether it is enabled is not known', ['GA-1'], { warning });
    }
    const own = 'AcceleratorArn';
    const strays = strayWarning(straysOf(ACCELERATOR_LISTENER, own, 'globalaccelerator', world.templates), own);
    const unknown = [
      ...this.listeners.flatMap(({ unknownPorts }) => unknownPorts ?? []),
      ...(strays === undefined ? [] : [strays]),
    ];
    this.mayListen = unknown.length > 0;
    const warning = unknown.length === 0 ? {} : { warning: unknown.join(' ') };
    this.noListener = stepAt('accelerator', resource, noListener, ['GA-1'], warning);
  }

  pass(passage: Passage, road: Road): void {
    if (this.disabled) {
      road.end(passage.note(this.disabled), this.error, null);
      return;
    }
    const here = this.maybeDisabled ? passage.part(1, 'bounded', 0, 1).note(this.maybeDisabled) : passage;
    for (const listener of this.listeners) {
      if (listener.takes(here.request)) {
        listener.pass(here, road);
        return;
      }
    }
    const nobody = this.mayListen ? here.part(1, 'bounded', 0, 1) : here;
    road.end(nobody.note(this.noListener), this.error, null);
  }
}
