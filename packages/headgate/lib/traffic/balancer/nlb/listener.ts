import { Fields, type Resource } from '../../../template';
import type { Hop, Road } from '../../hop';
import { destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import type { HttpRequest } from '../../request';
import { coverKey, type Step, stepAt } from '../../step';
import type { World } from '../../world';
import { certificateDoubt } from '../mutual-tls';
import { rulesOf, strayRules, strayRuleWarning } from '../parts-of';
import type { BalancerBase } from '../zones';
import { compileForward } from './forward';
import { compileRule } from './rule';

const STREAM: ReadonlySet<string> = new Set(['TCP', 'TLS', 'TCP_UDP', 'TCP_QUIC']);
const DATAGRAM: ReadonlySet<string> = new Set(['UDP', 'QUIC', 'TCP_UDP', 'TCP_QUIC']);

/** A listener of a Network Load Balancer: it takes connections of a protocol, and looks at nothing but the client's address. */
export class NetworkListener {
  /** Undefined if it is symbolic. */
  readonly port: number | undefined;
  private readonly protocol: string;
  private readonly isProtocolUnknown: boolean;
  /** Where clients of IPv4 go, and those of IPv6: nothing else tells them apart. */
  private readonly ofV4: Hop;
  private readonly ofV6: Hop;
  private readonly unread: Step | undefined;
  private readonly certificate: Step | undefined;
  private readonly addressUnknown: Step;

  constructor(
    private readonly resource: Resource,
    base: BalancerBase,
    world: World,
  ) {
    const fields = Fields.of(resource);
    this.port = fields.number('Port');
    this.protocol = fields.string('Protocol') ?? 'TCP';
    const where = `port ${this.port} (${this.protocol})`;
    const context = { base, world, endsTls: this.protocol === 'TLS' };
    const rules = rulesOf(resource, world.templates).map((rule) => compileRule(rule, where, context));
    const readable = rules
      .filter((rule) => rule.warning === undefined)
      .sort((one, other) => one.priority - other.priority);
    const defaults = compileForward(
      fields,
      'DefaultActions',
      { hop: 'listener', resource, because: `${where}, default action`, covers: coverKey(resource, 'default') },
      context,
    );
    this.ofV4 = readable.find((rule) => rule.matches(false))?.forward ?? defaults;
    this.ofV6 = readable.find((rule) => rule.matches(true))?.forward ?? defaults;
    this.addressUnknown = addressUnknown(resource);
    if (this.protocol === 'TLS') this.certificate = certificateDoubt(resource);
    this.isProtocolUnknown = fields.isSymbolic('Protocol');
    const strays = strayRuleWarning(strayRules(world.templates).filter(isOfNetworkBalancer));
    const warnings = [
      ...(this.isProtocolUnknown
        ? [`${fields.at('Protocol')} isn't known and is taken for one that carries the request.`]
        : []),
      ...rules.flatMap((rule) => rule.warning ?? []),
      ...(strays === undefined ? [] : [strays]),
    ];
    if (warnings.length > 0) {
      this.unread = stepAt('listener', resource, 'not all of it can be read', ['NLB-1', 'NLB-2'], {
        warning: warnings.join(' '),
      });
    }
  }

  /** Whether a request can travel by the listener's protocol: HTTP/3 by datagrams, the others by TCP. */
  carries(request: HttpRequest): boolean {
    if (this.isProtocolUnknown) return true;
    if (request.httpVersion === '3') return DATAGRAM.has(this.protocol);
    return STREAM.has(this.protocol) && !(this.protocol === 'TLS' && request.scheme === 'http');
  }

  /** Ends what the listener doesn't carry. */
  refuse(passage: Passage, road: Road): void {
    const { request } = passage;
    const what = request.httpVersion === '3' ? 'HTTP/3' : request.scheme === 'http' ? 'plain HTTP' : 'HTTPS over TCP';
    const isKnown = STREAM.has(this.protocol) || DATAGRAM.has(this.protocol);
    const because = isKnown
      ? `port ${this.port} takes ${this.protocol}, not ${what}`
      : `port ${this.port} has the protocol ${this.protocol}, which no listener of a network load balancer can have`;
    road.end(
      passage.note(stepAt('listener', this.resource, because, ['NLB-1'])),
      destinationAt('error', this.resource),
      null,
    );
  }

  pass(passage: Passage, road: Road): void {
    const connected = this.certificate === undefined ? passage : passage.note(this.certificate);
    const read = doubted(connected, this.unread);
    const { address, via, client } = read.request;
    const known = via === 'client' ? client.ipVersion : undefined;
    if (address?.includes(':') || known === 6) {
      this.ofV6.pass(read, road);
      return;
    }
    // Checkers use IPv4 alone (R53-7).
    if (address !== undefined || known === 4 || via === 'health-checker' || this.ofV4 === this.ofV6) {
      this.ofV4.pass(read, road);
      return;
    }
    this.ofV4.pass(read.part(1, 'bounded', 0, 1).note(this.addressUnknown), road);
    this.ofV6.pass(read.part(0, 'bounded', 0, 1).note(this.addressUnknown), road);
  }
}

function doubted(passage: Passage, step: Step | undefined): Passage {
  return step === undefined ? passage : passage.part(1, 'bounded', 0, 1).note(step);
}

/** Whether a rule has no condition that the rules of other balancers have alone (NLB-2). */
function isOfNetworkBalancer(rule: Resource): boolean {
  return Fields.of(rule)
    .objects('Conditions')
    .every((condition) => (condition.string('Field') ?? 'source-ip') === 'source-ip');
}

function addressUnknown(listener: Resource): Step {
  return stepAt('listener', listener, "the client's address isn't known and is taken for one of IPv4", ['NLB-2'], {
    warning: `${listener.stack.name}/${listener.logicalId}: its rules go by the client's address, which isn't known and is taken for one of IPv4; give it with --client-ip.`,
  });
}
