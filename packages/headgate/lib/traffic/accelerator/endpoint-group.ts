import { Fields, type Resource, Symbolic } from '../../template';
import type { World } from '../world';
import { Endpoint } from './endpoint';
import { PortOverrides } from './port-overrides';

/** The endpoints of a listener in one Region. */
export class EndpointGroup {
  /** Undefined if it is symbolic. */
  readonly region: string | undefined;
  /** Which part of the traffic that comes to the group it takes, from 0 to 1. */
  readonly dial: number;
  readonly endpoints: readonly Endpoint[];
  /** Whether some endpoints have a weight and others leave it to a default that two pages give differently. */
  readonly isWeightUnclear: boolean;
  /** What is symbolic of what matters beside other groups. */
  readonly placeDoubts: readonly string[];
  /** That there may be other endpoints. */
  readonly endpointDoubts: readonly string[];
  /** What is symbolic of what matters beside other endpoints. */
  readonly weightDoubts: readonly string[];

  constructor(
    readonly resource: Resource,
    /** Whether a client stays with the endpoint that its address leads to. */
    readonly isSticky: boolean,
    world: World,
  ) {
    const fields = Fields.of(resource);
    this.region = fields.string('EndpointGroupRegion') || undefined;
    this.dial = dialOf(fields);
    const ports = new PortOverrides(fields, resource);
    const isDown = world.faults.isRegionDown(this.region);
    const configurations = fields.objects('EndpointConfigurations');
    this.endpoints = configurations.map((one) => new Endpoint(one, { group: resource, ports, isDown, world }));
    const given = this.endpoints.filter(({ hasWeight }) => hasWeight).length;
    this.isWeightUnclear = given > 0 && given < this.endpoints.length;
    this.placeDoubts = ['EndpointGroupRegion', 'TrafficDialPercentage'].flatMap((name) =>
      fields.isSymbolic(name) ? [`${fields.at(name)} isn't known`] : [],
    );
    const isOpen = fields.list('EndpointConfigurations').some((one) => one instanceof Symbolic);
    this.endpointDoubts =
      isOpen || fields.isSymbolic('EndpointConfigurations')
        ? [`${fields.at('EndpointConfigurations')} isn't known`]
        : [];
    this.weightDoubts = configurations.flatMap((one, index) =>
      this.endpoints[index]!.isWeightSymbolic ? [`${one.at('Weight')} isn't known`] : [],
    );
  }

  /** Those that get traffic by the rules: healthy, with a weight above 0. */
  usable(): readonly Endpoint[] {
    return this.endpoints.filter((endpoint) => endpoint.weight > 0 && endpoint.isHealthy);
  }
}

/** @throws HeadgateError HM1009 for a percentage that the service refuses. */
function dialOf(fields: Fields): number {
  const percentage = fields.number('TrafficDialPercentage') ?? 100;
  if (percentage >= 0 && percentage <= 100) return percentage / 100;
  throw fields.wrong('TrafficDialPercentage', 'a number from 0 to 100', percentage);
}
