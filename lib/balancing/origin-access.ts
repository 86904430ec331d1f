import { SecretValue, Token } from 'aws-cdk-lib';
import { HeadgateError } from '../core/errors';
import { AccessRule } from '../waf';

/** Options of `OriginAccess.internet`. */
export interface InternetOptions {
  /**
   * The number of the newest secret that a `GlobalService` keeps, and that its edge goes on sending, although no balancer demands it: what
   * `secretHeader()` had. It stays when the edge goes, too: a lower number would take away secrets that live templates still name.
   *
   * @default 2
   */
  readonly newest?: number;

  /**
   * What stands in front of `/<n>` in the secrets' names, if `secretHeader()` said so.
   *
   * @default - `<stage>-<id>/origin-access` of the `GlobalService`
   */
  readonly secretNamePrefix?: string;
}

/** Options of `OriginAccess.secretHeader`. */
export interface SecretHeaderOptions {
  /**
   * The number of the newest secret, an integer of at least 2. Balancers accept this one and the one before; the edge sends this one.
   * Raising it **by one** and deploying is the rotation: balancers accept old and new before the edge switches. It never goes down: undo a
   * rotation by another one, since a lower number would take away a secret that balancers still name.
   *
   * @default 2
   */
  readonly newest?: number;

  /**
   * What stands in front of `/<n>` in the secrets' names in Secrets Manager: 1 to 500 letters, digits and `/_+=.@-`. A `GlobalService` makes
   * them, in its control Region and as replicas, so no Region of it may have secrets of these names yet: a replica that meets one is skipped
   * without an error.
   *
   * @default - `<stage>-<id>/origin-access` of the `GlobalService`, whose control stack makes the secrets
   */
  readonly secretNamePrefix?: string;
}

/** The header by which an edge proves itself to a balancer, in lower case. */
const SECRET_HEADER = 'x-origin-verify';
const FIRST_NEWEST = 2;
/** How many secrets the control stack keeps, so that a site can roll back to its previous template (SM-1). */
const KEPT_SECRETS = 3;

/**
 * Who may reach a balancer.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export class OriginAccess {
  /**
   * The whole internet, on port 443 behind a regional web ACL; port 80 only redirects. For a service without an edge, and for the first
   * of the two deployments that put an edge in front of a live service.
   */
  public static internet(options: InternetOptions = {}): OriginAccess {
    return new OriginAccess(false, false, checkedNewest(options.newest), checkedPrefix(options.secretNamePrefix));
  }

  /**
   * An edge that sends a secret header, and Route 53's health checkers on the one probe path. The balancer keeps public addresses; its
   * security groups let CloudFront's and the checkers' addresses through on port 443, and a regional web ACL demands one of the two newest
   * secrets. Secrets are numbered and never change (SM-1).
   */
  public static secretHeader(options: SecretHeaderOptions = {}): OriginAccess {
    return new OriginAccess(true, true, checkedNewest(options.newest), checkedPrefix(options.secretNamePrefix));
  }

  private constructor(
    /**
     * Whether only an edge and the health checkers get through.
     *
     * @internal
     */
    public readonly _closed: boolean,
    /**
     * Whether an edge stands in front, whose addresses a balancer sees instead of the clients'.
     *
     * @internal
     */
    public readonly _hasEdge: boolean,
    private readonly newest: number,
    private readonly secretNamePrefix?: string,
  ) {}

  /**
   * The same access with a prefix for the secrets' names, unless it has one.
   *
   * @internal
   */
  public _withSecretNamePrefix(prefix: string): OriginAccess {
    return new OriginAccess(this._closed, this._hasEdge, this.newest, this.secretNamePrefix ?? prefix);
  }

  /**
   * The same access with an edge in front, and with a prefix for the secrets' names unless it has one.
   *
   * @internal
   */
  public _behindEdge(prefix: string): OriginAccess {
    return new OriginAccess(this._closed, true, this.newest, this.secretNamePrefix ?? prefix);
  }

  /**
   * The names of the secrets that the control stack keeps, oldest first. They are kept and sent whether balancers demand them or not, so
   * that balancers can begin to, or cease, in one deployment.
   *
   * @internal
   */
  public _keptSecretNames(): string[] {
    return this.secretNames(KEPT_SECRETS);
  }

  /**
   * The header and value that the edge sends; undefined when no secrets are known.
   *
   * @internal
   */
  public _originHeaders(): Record<string, string> | undefined {
    if (!this._hasEdge) return undefined;
    const [newest] = this.secretNames(1);
    return newest === undefined ? undefined : { [SECRET_HEADER]: SecretValue.secretsManager(newest).unsafeUnwrap() };
  }

  /**
   * The web ACL rules that let nothing through but the edge.
   *
   * @internal
   */
  public _accessRules(): AccessRule[] {
    if (!this._closed) return [];
    const values = this.secretNames(2).map((name) => SecretValue.secretsManager(name));
    return [AccessRule.requireHeader({ name: SECRET_HEADER, values })];
  }

  private secretNames(count: number): string[] {
    if (this.secretNamePrefix === undefined) {
      throw new HeadgateError(
        'HG2133',
        "'secretNamePrefix' must be given to OriginAccess.secretHeader() outside a GlobalService, whose control stack makes the secrets, got none: create '<prefix>/1' and '<prefix>/2' in Secrets Manager in this Region and give the prefix, one that no GlobalService has",
      );
    }
    const oldest = Math.max(1, this.newest - count + 1);
    return Array.from({ length: this.newest - oldest + 1 }, (_, index) => `${this.secretNamePrefix}/${oldest + index}`);
  }
}

function checkedNewest(newest = FIRST_NEWEST): number {
  if (Token.isUnresolved(newest) || !Number.isInteger(newest) || newest < FIRST_NEWEST) {
    throw new HeadgateError(
      'HG2134',
      `'newest' must be an integer of at least ${FIRST_NEWEST}, since two secrets are valid at any time, got ${Token.isUnresolved(newest) ? 'a token' : newest}: start with ${FIRST_NEWEST} and raise it by one to rotate`,
    );
  }
  return newest;
}

/** What Secrets Manager takes as a name, with room for the number: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function checkedPrefix(prefix: string | undefined): string | undefined {
  if (prefix === undefined || Token.isUnresolved(prefix) || /^[A-Za-z0-9/_+=.@-]{1,500}$/.test(prefix)) return prefix;
  throw new HeadgateError(
    'HG2137',
    `'secretNamePrefix' must be 1 to 500 letters, digits and /_+=.@-, got '${prefix}': use one such as 'shop/origin-access'`,
  );
}
