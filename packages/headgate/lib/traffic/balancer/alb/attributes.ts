import { Fields, type Resource } from '../../../template';

/** The attributes of a balancer that have an effect on where requests go (ALB-35). */
export interface Attributes {
  readonly dropsInvalidHeaders: boolean;
  readonly speaksHttp2: boolean;
}

/** The attributes of a balancer, or what AWS takes where the template sets none. */
export function attributesOf(balancer: Resource): Attributes {
  const set = new Map<string, string | undefined>();
  for (const attribute of Fields.of(balancer).objects('LoadBalancerAttributes')) {
    const key = attribute.string('Key');
    if (key !== undefined) set.set(key, attribute.string('Value')?.toLowerCase());
  }
  return {
    dropsInvalidHeaders: set.get('routing.http.drop_invalid_header_fields.enabled') === 'true',
    speaksHttp2: set.get('routing.http2.enabled') !== 'false',
  };
}
