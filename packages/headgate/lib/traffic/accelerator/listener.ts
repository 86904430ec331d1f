import { Fields, type Resource } from '../../template';
import type { Hop, Road } from '../hop';
import { destinationAt } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { ENDPOINT_GROUP } from '../resource-types';
import { type Step, stepAt } from '../step';
import { straysOf, strayWarning } from '../strays';
import type { World } from '../world';
import { EndpointGroup } from './endpoint-group';
import { type PlannedPart, planFor } from './plan';

/** A listener of an accelerator. Where its requests go depends on the client's Region alone, so it is planned once for each. */
export class AcceleratorListener implements Hop {
  private readonly ranges: readonly { readonly from: number; readonly to: number }[];
  /** That its ports are symbolic, for a warning. */
  readonly unknownPorts: string | undefined;
  /** Undefined if its protocol isn't known. */
  private readonly isDatagram: boolean | undefined;
  /** What isn't known of it. */
  private readonly doubts: readonly Step[];
  private readonly groups: readonly EndpointGroup[];
  private readonly plans = new Map<string | undefined, readonly PlannedPart[]>();

  constructor(
    private readonly resource: Resource,
    world: World,
  ) {
    const fields = Fields.of(resource);
    const doubt = (because: string, warning: string) => stepAt('accelerator', resource, because, ['GA-1'], { warning });
    const isProtocolUnknown = fields.isSymbolic('Protocol');
    if (!isProtocolUnknown) this.isDatagram = fields.string('Protocol') === 'UDP';
    const protocol = `${fields.at('Protocol')} isn't known and is taken for the request's.`;
    const own = 'ListenerArn';
    const strays = strayWarning(straysOf(ENDPOINT_GROUP, own, 'globalaccelerator', world.templates), own);
    this.doubts = [
      ...(isProtocolUnknown ? [doubt('the protocol of its listener is not known', protocol)] : []),
      ...(strays === undefined ? [] : [doubt('its listener may have other endpoint groups', strays)]),
    ];
    this.ranges = fields.objects('PortRanges').flatMap((range) => {
      const from = range.number('FromPort');
      const to = range.number('ToPort');
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
    const isSymbolic = (range: Fields) => range.isSymbolic('FromPort') || range.isSymbolic('ToPort');
    if (fields.isSymbolic('PortRanges') || fields.objects('PortRanges').some(isSymbolic)) {
      this.unknownPorts = `${fields.at('PortRanges')} isn't known, so it counts as other ports.`;
    }
    const affinity = fields.string('ClientAffinity') === 'SOURCE_IP';
    this.groups = world.templates
      .ofType(ENDPOINT_GROUP)
      .filter((group) => Fields.of(group).reference('ListenerArn') === resource)
      .map((group) => new EndpointGroup(group, affinity, world));
  }

  /** Whether a request comes in by a port and a protocol of this listener. */
  takes(request: HttpRequest): boolean {
    const isOther = this.isDatagram !== undefined && (request.httpVersion === '3') !== this.isDatagram;
    if (isOther) return false;
    return this.ranges.some(({ from, to }) => request.port >= from && request.port <= to);
  }

  pass(passage: Passage, road: Road): void {
    let here = passage;
    for (const doubt of this.doubts) here = here.part(1, 'bounded', 0, 1).note(doubt);
    this.share(here, road);
  }

  private share(passage: Passage, road: Road): void {
    const { region } = passage.request.client;
    let plan = this.plans.get(region);
    if (plan === undefined) {
      plan = planFor(this.groups, region);
      this.plans.set(region, plan);
    }
    if (plan.length === 0) {
      const doubts = this.groups.flatMap(({ endpointDoubts }) => endpointDoubts);
      const warning = doubts.length === 0 ? {} : { warning: `${doubts.join(', ')} and counts as empty.` };
      const step = stepAt('accelerator', this.resource, 'its listener has no endpoint', ['GA-1'], warning);
      const here = doubts.length === 0 ? passage : passage.part(1, 'bounded', 0, 1);
      road.end(here.note(step), destinationAt('error', this.resource), null);
      return;
    }
    for (const { fraction, quality, min, max, step, endpoint } of plan) {
      endpoint.pass(passage.part(fraction, quality, min, max).note(step), road);
    }
  }
}
