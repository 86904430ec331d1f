import { balancerNode, isGuarded, isOpen } from './balancer-road';
import {
  aliasName,
  aliasResource,
  choiceOf,
  type DnsRecord,
  dnsRecords,
  healthCheckNodes,
  policyOf,
  recordNote,
} from './dns-road';
import { distributionNode, originNames, viewerNames } from './edge-road';
import type { TreeNode } from './render';
import type { Placed, Templates } from './templates';
import { list } from './values';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** The road of a request, as the templates say it. */
export interface Road {
  /** From the names that clients ask for to the names of the balancers; empty when clients ask for a balancer's name. */
  readonly shared: readonly TreeNode[];
  /** From each balancer's name to its servers, in the order of the stacks. */
  readonly sites: readonly TreeNode[];
  /** The names that clients ask for. */
  readonly names: readonly string[];
  /** The names of balancers that no other name leads to. */
  readonly siteNames: readonly string[];
  /** The Regions whose balancers the whole internet may connect to. */
  readonly openRegions: readonly string[];
  /** The Regions whose balancers demand a secret that the edge sends. */
  readonly guardedRegions: readonly string[];
}

/** Reads the road of a request from the templates of an assembly. */
export function roadOf(templates: Templates): Road {
  return new RoadReader(templates).road();
}

class RoadReader {
  private readonly records = new Map<string, DnsRecord[]>();
  private readonly balancers: Placed[];
  private readonly distributions: Placed[];

  public constructor(private readonly templates: Templates) {
    for (const record of dnsRecords(templates)) {
      this.records.set(record.name, [...(this.records.get(record.name) ?? []), record]);
    }
    this.balancers = templates.all(BALANCER);
    this.distributions = templates.all(DISTRIBUTION);
  }

  public road(): Road {
    const led = new Set([...this.records.values()].flat().flatMap((record) => this.leadsTo(record)));
    const firsts = [...this.records.keys()].filter((name) => this.isRoad(name) && !this.isSite(name) && !led.has(name));
    // A name below another one, as `alt.origin.` is, isn't what clients ask for: it waits for somebody to use it.
    const entries = firsts.filter((name) => !firsts.some((other) => name.endsWith(`.${other}`)));
    const unnamed = this.distributions.filter((distribution) => !this.named(distribution));
    const seen = new Set(entries.flatMap((name) => this.reached(name)));
    return {
      shared: [
        ...entries.map((name) => this.nameNode(name, [])),
        ...firsts.filter((name) => !entries.includes(name)).map((name) => this.unusedNode(name)),
        ...unnamed.map((distribution) => ({
          label: viewerNames(this.templates, distribution).join(', ') || 'a name of CloudFront',
          children: [this.edgeNode(distribution, [])],
        })),
      ],
      sites: this.balancers.map((balancer) => this.siteNode(balancer, seen)),
      names: entries,
      siteNames: [...this.records.keys()].filter((name) => this.isSite(name) && !seen.has(name)),
      openRegions: this.regionsWith(isOpen),
      guardedRegions: this.regionsWith(isGuarded),
    };
  }

  private regionsWith(test: (templates: Templates, balancer: Placed) => boolean): string[] {
    const balancers = this.balancers.filter((balancer) => test(this.templates, balancer));
    return [...new Set(balancers.map(({ stack }) => stack.region ?? stack.path))];
  }

  private unusedNode(name: string): TreeNode {
    return { label: name, note: `${recordNote(this.records.get(name)!)}, which nothing leads to`, children: [] };
  }

  /** Whether a name leads anywhere: the records that validate certificates do not. */
  private isRoad(name: string): boolean {
    return this.records.get(name)!.some(({ properties }) => properties.AliasTarget !== undefined);
  }

  private isSite(name: string): boolean {
    return this.records.get(name)!.some((record) => aliasResource(this.templates, record)?.resource.Type === BALANCER);
  }

  private named(distribution: Placed): boolean {
    return [...this.records.values()]
      .flat()
      .some((record) => this.resourceOf(record) === distribution.id + distribution.stack.id);
  }

  private resourceOf(record: DnsRecord): string | undefined {
    const resource = aliasResource(this.templates, record);
    return resource && resource.id + resource.stack.id;
  }

  /** The names that a record leads to, through a distribution as well; a set's own name is none of them. */
  private leadsTo(record: DnsRecord): string[] {
    const resource = aliasResource(this.templates, record);
    if (resource?.resource.Type === DISTRIBUTION) return originNames(this.templates, resource);
    const name = aliasName(this.templates, record);
    return name === undefined || name === record.name ? [] : [name];
  }

  private reached(name: string, path: readonly string[] = []): string[] {
    if (path.includes(name)) return [];
    const next = (this.records.get(name) ?? []).flatMap((record) => this.leadsTo(record));
    return [name, ...next.flatMap((other) => this.reached(other, [...path, name]))];
  }

  private nameNode(name: string, path: readonly string[]): TreeNode {
    const records = this.records.get(name);
    if (records === undefined || path.includes(name)) return { label: name, children: [] };
    const along = [...path, name];
    const head = { label: name, note: recordNote(records) };
    // An IPv6 record goes where the one for IPv4 goes.
    const [first] = records;
    const shown = records.filter(({ type }) => type === first!.type);
    if (policyOf(first!) === undefined) {
      return { ...head, children: this.isSite(name) ? [] : this.targetNodes(first!, along) };
    }
    return { ...head, children: shown.map((record) => this.choiceNode(record, along)) };
  }

  private choiceNode(record: DnsRecord, path: readonly string[]): TreeNode {
    const targets = this.targetNodes(record, path);
    return {
      label: `${choiceOf(this.templates, record)} → ${targets.map(({ label }) => label).join(', ')}`,
      children: [...healthCheckNodes(this.templates, record), ...targets.flatMap(({ children }) => children)],
    };
  }

  private targetNodes(record: DnsRecord, path: readonly string[]): TreeNode[] {
    const resource = aliasResource(this.templates, record);
    if (resource?.resource.Type === DISTRIBUTION) return [this.edgeNode(resource, path)];
    const name = aliasName(this.templates, record);
    if (name !== undefined) return [this.nameNode(name, path)];
    return list(record.properties.ResourceRecords).map((value) => ({
      label: this.templates.text(record.stack, value),
      children: [],
    }));
  }

  private edgeNode(distribution: Placed, path: readonly string[]): TreeNode {
    const origins = originNames(this.templates, distribution).map((name) => this.nameNode(name, path));
    return distributionNode(this.templates, distribution, origins);
  }

  private siteNode(balancer: Placed, seen: ReadonlySet<string>): TreeNode {
    const names = [...this.records].filter(([, records]) =>
      records.some((record) => this.resourceOf(record) === balancer.id + balancer.stack.id),
    );
    const node = balancerNode(this.templates, balancer);
    const [first] = names;
    if (first === undefined) return { ...node, note: `${node.note} (no record, ${balancer.stack.stackName})` };
    const [name, records] = first;
    const alone = seen.size > 0 && !seen.has(name);
    return {
      label: names.map(([each]) => each).join(', '),
      note: `${recordNote(records)}${alone ? ', not routed' : ''}`,
      children: [node],
    };
  }
}
