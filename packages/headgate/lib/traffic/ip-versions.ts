import { Fields, Reference, type Resource, resourceIn, type Text } from '../template';
import { ACCELERATOR, DISTRIBUTION, LOAD_BALANCER } from './resource-types';

/** A version of IP: what A records lead to is 4, what AAAA records lead to is 6. */
export type IpVersion = 4 | 6;

/** Which versions of IP a name of AWS has addresses of. */
export interface IpVersions {
  readonly v4: boolean;
  readonly v6: boolean;
  /** What isn't known of them, as a sentence that says what is assumed. */
  readonly doubt?: string;
}

const BOTH: IpVersions = { v4: true, v6: true };
const ONLY_V4: IpVersions = { v4: true, v6: false };
const ONLY_V6: IpVersions = { v4: false, v6: true };

/** The versions of the resource that a name refers to (R53-22); both if it is none of which they are known. */
export function versionsOf(name: Text): IpVersions {
  const resource = resourceIn(name);
  switch (resource?.type) {
    case LOAD_BALANCER:
      return ofBalancer(resource);
    case DISTRIBUTION:
      return ofDistribution(resource);
    case ACCELERATOR:
      // Its plain name has the IPv4 addresses alone; another one has both.
      return name instanceof Reference && name.attribute === 'DnsName' ? ONLY_V4 : ofAccelerator(resource);
    default:
      return BOTH;
  }
}

function ofBalancer(balancer: Resource): IpVersions {
  const fields = Fields.of(balancer);
  if (fields.isSymbolic('IpAddressType')) return assumedBoth(fields, 'IpAddressType');
  switch (fields.string('IpAddressType')) {
    case 'dualstack':
      return BOTH;
    case 'dualstack-without-public-ipv4':
      return fields.string('Scheme') === 'internal' ? BOTH : ONLY_V6;
    default:
      return ONLY_V4;
  }
}

function ofDistribution(distribution: Resource): IpVersions {
  const config = Fields.of(distribution).object('DistributionConfig');
  if (config === undefined) return BOTH;
  if (config.isSymbolic('IPV6Enabled')) return assumedBoth(config, 'IPV6Enabled');
  const isEnabled = config.boolean('IPV6Enabled');
  if (isEnabled !== undefined) return isEnabled ? BOTH : ONLY_V4;
  const doubt = `${config.at('IPV6Enabled')} isn't given, and AWS doesn't document its default; it is taken for true.`;
  return { ...BOTH, doubt };
}

function ofAccelerator(accelerator: Resource): IpVersions {
  const fields = Fields.of(accelerator);
  if (fields.isSymbolic('IpAddressType')) return assumedBoth(fields, 'IpAddressType');
  return fields.string('IpAddressType')?.toUpperCase() === 'DUAL_STACK' ? BOTH : ONLY_V4;
}

function assumedBoth(fields: Fields, property: string): IpVersions {
  return { ...BOTH, doubt: `${fields.at(property)} isn't known; it is taken for both versions of IP.` };
}
