import {
  type CloudAssemblyFolder,
  folderOf,
  fromObjects,
  type ReadOptions,
  readTemplates,
  requireOptions,
  type Templates,
} from '../template';
import { COMPILERS } from './compilers';
import { Entries } from './entries';
import { Fault, Faults } from './fault';
import { endsOf } from './hop';
import { missingNames } from './missing-name';
import type { Outcome } from './outcome';
import { Passage } from './passage';
import { type HttpRequest, type RequestOptions, readRequest } from './request';
import { requireClientRegion } from './request-checks';
import { Returning } from './returning';
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

/** What a template that is in memory doesn't say about its stack. */
export interface TemplateOptions extends ReadOptions {
  /**
   * The name of the stack, as destinations and `STACK/ID` have it.
   *
   * @default Stack
   */
  readonly name?: string;
  /**
   * The Region, such as `eu-west-1`.
   *
   * @default - it isn't known, so what depends on it stays symbolic, and no fault of a Region applies
   */
  readonly region?: string;
  /**
   * The number of the account, twelve digits.
   *
   * @default - it isn't known
   */
  readonly account?: string;
}

/** The traffic model of templates, in a situation of faults. It never changes: `given` makes another one. */
export class Traffic {
  /**
   * The traffic of a cloud assembly: all its stacks, those of its stages and nested ones too.
   *
   * @param assembly what `app.synth()` gives, or the path of its folder, such as `cdk.out`
   * @param options `parameters`: by name, or by `STACK/Name` for one stack; the templates' defaults stand in for those left out
   * @throws HeadgateError HM1001 to HM1010 for what can't be read.
   */
  static fromAssembly(assembly: string | CloudAssemblyFolder, options: ReadOptions = {}): Traffic {
    return Traffic.fromTemplates([folderOf(assembly)], options);
  }

  /**
   * The traffic of templates that are read together: a name in one may lead to a balancer in another.
   *
   * @param paths files in JSON or YAML, or folders of cloud assemblies; a file's stack is named like the file, without its extension
   * @param options `parameters`: by name, or by `STACK/Name` for one stack; `AWS::Region` says where plain templates are deployed
   * @throws HeadgateError HM1001 to HM1010 for what can't be read.
   */
  static fromTemplates(paths: readonly string[], options: ReadOptions = {}): Traffic {
    return new Traffic(readTemplates(paths, options));
  }

  /**
   * The traffic of one template that is in memory, such as `Template.fromStack(stack).toJSON()` of the CDK's assertions. What leads
   * to other stacks, nested ones among them, stays symbolic: give the assembly where a road has more than one stack.
   *
   * @throws HeadgateError HM1002 to HM1009 for what can't be read.
   */
  static fromTemplate(template: object, options: TemplateOptions = {}): Traffic {
    const { name = 'Stack', region, account, ...read } = requireOptions(options, ['name', 'region', 'account']);
    const stack = {
      name,
      template,
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
    };
    return new Traffic(fromObjects([stack], read));
  }

  private readonly world: World;
  private readonly entries: Entries;
  private readonly returning: Returning;

  constructor(
    readonly templates: Templates,
    readonly faults: readonly Fault[] = [],
  ) {
    this.world = new World(templates, new Faults(faults, templates), COMPILERS);
    this.entries = new Entries(this.world);
    this.returning = new Returning(templates);
  }

  /**
   * The same templates with more faults.
   *
   * @throws HeadgateError HM2001, HM2002 or HM2003 for a fault that the templates can't have.
   */
  given(...faults: readonly (Fault | string)[]): Traffic {
    const parsed = faults.map((fault) => Fault.of(fault));
    return new Traffic(this.templates, [...this.faults, ...parsed]);
  }

  /**
   * Where a request goes.
   *
   * @throws HeadgateError HM2001 for an id that nothing has, HM2004 for an unusable request, HM2005 or HM2006 if it isn't clear where it enters.
   */
  request(options: RequestOptions): Answer {
    const request = readRequest(options);
    if (options.clientRegion !== undefined) requireClientRegion(options.clientRegion, this.templates);
    this.returning.check(request);
    const outcomes = endsOf(this.entries.of(request, options.entry), Passage.start(request));
    return new GivenAnswer(options, request, this.templates, outcomes, this.world);
  }
}

/** A class, as one object with a getter of its own a request would be much slower to make. */
class GivenAnswer implements Answer {
  constructor(
    readonly asked: RequestOptions,
    readonly request: HttpRequest,
    readonly templates: Templates,
    readonly outcomes: readonly Outcome[],
    private readonly world: World,
  ) {}

  /** What `JSON.stringify` takes: the answer without the templates. */
  toJSON(): object {
    const { asked, outcomes, warnings } = this;
    return { asked, outcomes, warnings };
  }

  get warnings(): readonly string[] {
    return [
      ...new Set([
        ...this.templates.warnings,
        ...this.world.faults.warnings,
        ...this.outcomes.flatMap((outcome) => outcome.warnings),
        ...missingNames(this.outcomes, this.world),
      ]),
    ];
  }
}
