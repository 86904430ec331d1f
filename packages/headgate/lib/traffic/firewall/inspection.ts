import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import type { Step } from '../step';
import type { Doubt, Doubts } from './doubts';
import type { InsertedHeaders } from './end';
import type { Label } from './labels';

/** What is known of a request's country. */
export type Country = string | undefined;

/** One request while a web ACL looks at it. */
export class Inspection {
  readonly request: HttpRequest;
  /** Whether the rule doesn't apply to this request at all: its forwarded-address header is absent (WAF-10). */
  outOfScope = false;
  /** Whether a managed rule group has seen the request and can have labeled it. */
  sawManagedGroup = false;
  /** The countries that geographic statements have labeled the request with, by the label's prefix. */
  readonly countries: { clientip?: Country; forwardedip?: Country } = {};
  private labels: Set<Label> | undefined;
  private headers: (readonly [string, string])[] | undefined;

  constructor(
    /** The request's road, with the steps of counting rules. */
    public passage: Passage,
    public doubts: Doubts,
  ) {
    this.request = passage.request;
  }

  doubt(doubt: Doubt): void {
    this.doubts = this.doubts.with(doubt);
  }

  note(step: Step): void {
    this.passage = this.passage.note(step);
  }

  add(labels: readonly Label[]): void {
    if (labels.length === 0) return;
    this.labels ??= new Set();
    for (const label of labels) this.labels.add(label);
  }

  hasAny(labels: readonly Label[]): boolean {
    const mine = this.labels;
    return mine !== undefined && labels.some((label) => mine.has(label));
  }

  insert(headers: InsertedHeaders): void {
    if (headers.length > 0) this.headers = this.headers ? [...this.headers, ...headers] : [...headers];
  }

  /** The request as it goes on: later headers replace earlier ones of the same name. */
  withInserted(last: InsertedHeaders): Passage {
    if (!this.headers && last.length === 0) return this.passage;
    const headers = new Map(this.request.headers);
    for (const [name, value] of [...(this.headers ?? []), ...last]) headers.set(name, value);
    return this.passage.as(this.request.with({ headers }));
  }
}
