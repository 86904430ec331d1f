import { HeadgateError } from '../../errors';
import type { Fields, Text } from '../../template';
import type { Hop, Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import { CacheHop } from './cache';
import type { Edge } from './config';
import { compileFunctions } from './functions';
import { compileTarget } from './origin-group';
import { readForwarding } from './policies';

const READING = ['GET', 'HEAD'];
const ALL_METHODS = [...READING, 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** One behavior: who may pass, what runs, what is cached and where a miss goes. */
export class Behavior implements Hop {
  private readonly name: string;
  private readonly protocol: string;
  private readonly allowed: ReadonlySet<string>;
  private readonly needsSignature: boolean;
  private readonly blocked: Destination;
  private readonly redirected: Destination;
  private readonly steps: Readonly<Record<'toHttps' | 'onlyHttps' | 'method' | 'unsigned' | 'signed', Step>>;
  private readonly next: Hop;

  /** @throws HeadgateError HM1006 if the origin isn't one of the distribution. */
  constructor(fields: Fields, part: string, edge: Edge) {
    const { resource } = edge;
    this.name = part;
    this.protocol = fields.string('ViewerProtocolPolicy') ?? 'allow-all';
    this.allowed = allowedMethods(fields);
    this.needsSignature = fields.list('TrustedSigners').length > 0 || fields.list('TrustedKeyGroups').length > 0;
    this.blocked = destinationAt('blocked', resource);
    this.redirected = destinationAt('redirect', resource);
    this.steps = this.makeSteps(edge);
    this.next = compileRoad(fields, edge);
  }

  pass(passage: Passage, road: Road): void {
    const { request } = passage;
    if (request.scheme === 'http' && this.protocol !== 'allow-all') this.refuseHttp(passage, road);
    else if (!this.allowed.has(request.method)) road.end(passage.note(this.steps.method), this.blocked, 403);
    else if (!this.needsSignature) this.next.pass(passage, road);
    else if (isSigned(request)) this.next.pass(passage.note(this.steps.signed), road);
    else road.end(passage.note(this.steps.unsigned), this.blocked, 403);
  }

  private refuseHttp(passage: Passage, road: Road): void {
    const { request } = passage;
    const isReading = READING.includes(request.method);
    if (this.protocol !== 'redirect-to-https' || (!isReading && request.httpVersion === '1.0')) {
      road.end(passage.note(this.steps.onlyHttps), this.blocked, 403);
      return;
    }
    const location = `https://${request.hostname}${request.target}`;
    road.end(passage.note(this.steps.toHttps), this.redirected, isReading ? 301 : 307, location);
  }

  private makeSteps({ resource }: Edge): Behavior['steps'] {
    const step = (because: string, facts: readonly string[], warning?: string) =>
      stepAt('behavior', resource, because, facts, { id: this.name, ...(warning === undefined ? {} : { warning }) });
    return {
      toHttps: step('redirects HTTP to HTTPS', ['CF-13']),
      onlyHttps: step('refuses HTTP', ['CF-13']),
      method: step(`allows only ${[...this.allowed].join(', ')}`, ['CF-13']),
      unsigned: step('wants a signed URL or signed cookies', ['CF-17']),
      signed: step(
        'the request is signed',
        ['CF-17'],
        `${resource.stack.name}/${resource.logicalId}: the signature of a request can't be checked; it counts as valid.`,
      ),
    };
  }
}

function allowedMethods(fields: Fields): ReadonlySet<string> {
  if (fields.isSymbolic('AllowedMethods')) return new Set(ALL_METHODS);
  const methods = stringsOf(fields, 'AllowedMethods');
  return new Set(methods.length === 0 ? READING : methods);
}

/** What comes after the gates: functions, cache, origin. */
function compileRoad(fields: Fields, edge: Edge): Hop {
  const targetId = fields.text('TargetOriginId');
  if (targetId === undefined) {
    throw new HeadgateError(
      'HM1006',
      `${fields.at('TargetOriginId')} is missing: it must be the Id of an origin or origin group.`,
    );
  }
  const forwarding = readForwarding(fields);
  const cachedMethods = stringsOf(fields, 'CachedMethods');
  const cached = cachedMethods.length === 0 ? READING : cachedMethods;
  return compileFunctions(fields, edge, (originId: Text = targetId) => {
    const target = compileTarget(originId, forwarding, cached.includes('OPTIONS'), edge);
    return new CacheHop(forwarding, cached, edge.resource, target);
  });
}

/** Whether a request carries a signature: in its query or in cookies. */
function isSigned(request: HttpRequest): boolean {
  const names = request.query?.split('&').map((pair) => pair.split('=', 1)[0]) ?? [];
  if (names.includes('Signature') && names.includes('Key-Pair-Id')) return true;
  return request.cookie('CloudFront-Signature') !== undefined && request.cookie('CloudFront-Key-Pair-Id') !== undefined;
}

function stringsOf(fields: Fields, property: string): readonly string[] {
  return fields.texts(property).filter((text) => typeof text === 'string');
}
