import type { IPostProcessor, IResolvable, IResolveContext, ResolveOptions } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a token is told when it is resolved by itself, outside the CDK's own resolution. */
export class OwnContext implements IResolveContext {
  public readonly documentPath: string[] = [];
  /** Whether a token asked for its value to be tidied up, since this was last set to false. */
  public postProcessed = false;

  /**
   * @param scope the construct in which it is resolved
   * @param preparing whether the CDK looks for references yet
   * @param inner how values are resolved that a token asks for
   */
  public constructor(
    public readonly scope: IConstruct,
    public readonly preparing: boolean,
    private readonly inner: (value: unknown, options?: Pick<ResolveOptions, 'removeEmpty'>) => unknown,
  ) {}

  public registerPostProcessor(_: IPostProcessor): void {
    this.postProcessed = true;
  }

  // The CDK's interface has any here.
  public resolve(value: unknown, options?: Pick<ResolveOptions, 'removeEmpty'>): ReturnType<IResolvable['resolve']> {
    return this.inner(value, options);
  }
}
