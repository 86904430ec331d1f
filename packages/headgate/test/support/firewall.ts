import type { Outcome, RequestOptions } from '../../lib/traffic';
import { COMPILERS } from '../../lib/traffic/compilers';
import { Faults } from '../../lib/traffic/fault';
import { Road } from '../../lib/traffic/hop';
import { Passage } from '../../lib/traffic/passage';
import { type HttpRequest, type RequestChanges, readRequest } from '../../lib/traffic/request';
import { World } from '../../lib/traffic/world';
import { stackWith } from './resources';

/** What a web ACL makes of a request: its only outcome, which is at `behind` where it lets the request pass. */
export interface Inspected {
  readonly outcome: Outcome;
  /** The end in one line: `pass`, `blocked Acl 403`. */
  readonly end: string;
  /** The request as it goes on. */
  readonly request: HttpRequest;
  readonly facts: readonly string[];
  readonly because: readonly string[];
}

/** Inspects requests by the web ACL `Acl` of some resources. */
export function firewallOf(
  resources: object,
): (options?: Partial<RequestOptions>, arrived?: RequestChanges) => Inspected {
  const templates = stackWith(resources);
  const world = new World(templates, new Faults([], templates), COMPILERS);
  const acl = world.webAcl(templates.find('Acl'));
  return (options = {}, arrived = {}) => {
    const road = new Road();
    const request = readRequest({ url: 'https://example.com/', ...options }).with(arrived);
    const onward = {
      pass: (passage: Passage, to: Road) => to.end(passage, { type: 'target-group', id: 'behind' } as const),
    };
    acl.inspect(Passage.start(request), road, onward);
    expect(road.outcomes).toHaveLength(1);
    const outcome = road.outcomes[0]!;
    const { destination, status, location, trace } = outcome;
    const end =
      destination.id === 'behind'
        ? 'pass'
        : [destination.type, destination.id, status, location].filter(Boolean).join(' ');
    return {
      outcome,
      end,
      request: outcome.passage.request,
      facts: trace.flatMap((step) => step.facts),
      because: trace.map((step) => step.because),
    };
  };
}

/** A web ACL with some rules, in the order given unless they say otherwise. */
export function aclWith(rules: readonly object[], more: object = {}): object {
  return {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Name: 'testWebACL',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: rules.map((rule, index) => ({ Name: `rule${index}`, Priority: index, ...rule })),
      ...more,
    },
  };
}

/** What one statement makes of requests: whether a web ACL that blocks whatever it matches blocks them. */
export function blockerOf(statement: object, others: object = {}): ReturnType<typeof firewallOf> {
  return firewallOf({ Acl: aclWith([{ Statement: statement, Action: { Block: {} } }]), ...others });
}

/** A statement that compares the path. */
export function pathIs(path: string, constraint = 'EXACTLY'): object {
  return byteMatch({ UriPath: {} }, path, constraint);
}

/** A statement that compares a part of the request. */
export function byteMatch(field: object, search: unknown, constraint = 'EXACTLY', ...types: readonly string[]): object {
  const transformations = types.length === 0 ? ['NONE'] : types;
  return {
    ByteMatchStatement: {
      FieldToMatch: field,
      SearchString: search,
      PositionalConstraint: constraint,
      TextTransformations: transformations.map((Type, Priority) => ({ Priority, Type })),
    },
  };
}
