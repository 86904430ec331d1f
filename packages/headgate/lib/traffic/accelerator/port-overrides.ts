import { type Fields, type Resource, Symbolic } from '../../template';
import { type Step, stepAt } from '../step';

/** The port of an endpoint, and a step that says so where it isn't known. */
export interface EndpointPort {
  readonly port: number;
  readonly doubt?: Step | undefined;
}

/** The ports of a group's endpoints by those of the listener, where they differ. */
export class PortOverrides {
  private readonly known = new Map<number, number>();
  /** Listener's ports for which the endpoints' isn't known. */
  private readonly unknown = new Map<number, Step>();
  /** Whether some override isn't known, so that it may be of any port. */
  private readonly stray: Step | undefined;

  constructor(fields: Fields, group: Resource) {
    const doubt = (at: string) =>
      stepAt('endpoint-group', group, 'the port of its endpoints is not known', ['GA-1'], {
        warning: `${at} isn't known: the listener's port is assumed.`,
      });
    for (const override of fields.objects('PortOverrides')) {
      const from = override.number('ListenerPort');
      const to = override.number('EndpointPort');
      if (from !== undefined && to !== undefined) this.known.set(from, to);
      else if (from === undefined) this.stray ??= doubt(override.at('ListenerPort'));
      else if (override.isSymbolic('EndpointPort')) this.unknown.set(from, doubt(override.at('EndpointPort')));
    }
    const isOpen =
      fields.isSymbolic('PortOverrides') || fields.list('PortOverrides').some((one) => one instanceof Symbolic);
    if (isOpen) this.stray ??= doubt(fields.at('PortOverrides'));
  }

  /** Where requests for a port of the listener go. */
  of(port: number): EndpointPort {
    const known = this.known.get(port);
    return known === undefined ? { port, doubt: this.unknown.get(port) ?? this.stray } : { port: known };
  }
}
