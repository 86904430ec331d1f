/** The shop's zone and the names in it. */
export interface ShopNames {
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** What clients ask for. */
  readonly service: string;
  /** Behind which all Regions stand. */
  readonly origin: string;
  /** Of what belongs to one service, such as stacks and secrets. */
  readonly prefix: string;
}

/** Where health is asked. */
export const PROBE_PATH = '/live';

/** The header by which the edge proves itself to the balancers. */
export const SECRET_HEADER = 'x-origin-verify';

/** Of one Region's balancer. */
export function siteName({ origin }: ShopNames, region: string): string {
  return `${region}.${origin}`;
}

/** Of a secret; balancers accept the two newest. */
export function secretName({ prefix }: ShopNames, number: number): string {
  return `${prefix}/origin-access/${number}`;
}
