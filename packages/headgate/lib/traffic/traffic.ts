import type { Templates } from '../template';
import { COMPILERS } from './compilers';
import { entryOf } from './entries';
import { Fault, Faults } from './fault';
import { endsOf } from './hop';
import type { Outcome } from './outcome';
import { Passage } from './passage';
import { type HttpRequest, type RequestOptions, readRequest } from './request';
import { World } from './world';

/** Where a request goes. */
export interface Answer {
  /** What was asked. */
  readonly asked: RequestOptions;
  /** The request as it was understood. */
  readonly request: HttpRequest;
  /** What was asked about. */
  readonly templates: Templates;
  /** The ends of the road. Their shares sum to 1. */
  readonly outcomes: readonly Outcome[];
  /** What had to be assumed, in the templates or on the road. */
  readonly warnings: readonly string[];
}

/** The traffic model of templates, in a situation of faults. It never changes: `given` makes another one. */
export class Traffic {
  private readonly world: World;

  constructor(
    readonly templates: Templates,
    readonly faults: readonly Fault[] = [],
  ) {
    this.world = new World(templates, new Faults(faults, templates), COMPILERS);
  }

  /**
   * The same templates with more faults.
   *
   * @throws HeadgateError HM2001, HM2002 or HM2003 for a fault that the templates can't have.
   */
  given(...faults: readonly (Fault | string)[]): Traffic {
    const parsed = faults.map((fault) => (typeof fault === 'string' ? Fault.parse(fault) : fault));
    return new Traffic(this.templates, [...this.faults, ...parsed]);
  }

  /**
   * Where a request goes.
   *
   * @throws HeadgateError HM2004 for an unusable request, HM2005 or HM2006 if it isn't clear where it enters.
   */
  request(options: RequestOptions): Answer {
    const request = readRequest(options);
    const outcomes = endsOf(entryOf(request, options.entry, this.world), Passage.start(request));
    const { templates } = this;
    return {
      asked: options,
      request,
      templates,
      outcomes,
      get warnings() {
        return [...new Set([...templates.warnings, ...outcomes.flatMap((outcome) => outcome.warnings)])];
      },
    };
  }
}
