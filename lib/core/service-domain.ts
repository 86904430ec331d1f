import { Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { HeadgateError } from './errors';

/** What identifies the zone of a service and its record in it. */
export interface ServiceDomainAttributes {
  /** The id of the public hosted zone, such as `Z0123456789EXAMPLE`. */
  readonly hostedZoneId: string;

  /** The zone's name, such as `example.com`: a literal, since the names that Regions share are built from it. */
  readonly zoneName: string;

  /**
   * The service's record: one label relative to the zone (`shop`), or a whole name inside it (`shop.eu.example.com`).
   *
   * @default - the zone's own name is the service's name
   */
  readonly recordName?: string;
}

/** Which record of a zone that you hold is the service's. */
export interface ServiceDomainOptions {
  /**
   * The service's record: one label relative to the zone (`shop`), or a whole name inside it (`shop.eu.example.com`).
   *
   * @default - the zone's own name is the service's name
   */
  readonly recordName?: string;
}

/** The longest prefix that a record of the service gets in front of the service's name: that of the Region with the longest name. */
const LONGEST_PREFIX = 'ap-southeast-1.origin.';
const MAX_NAME_LENGTH = 253;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * The name of a service and the zone that holds it. Stacks of several Regions share it by name: each imports the zone for itself, so that
 * no reference crosses a Region.
 */
export class ServiceDomain {
  /** A service in a zone that is known by its id and name. */
  public static fromHostedZoneAttributes(attributes: ServiceDomainAttributes): ServiceDomain {
    if (!Token.isUnresolved(attributes.hostedZoneId) && !/^[A-Z0-9]{1,32}$/.test(attributes.hostedZoneId)) {
      throw new HeadgateError(
        'HG0101',
        `'hostedZoneId' must be up to 32 capital letters and digits, got '${attributes.hostedZoneId}': copy it from the zone's details, without '/hostedzone/'`,
      );
    }
    return new ServiceDomain(attributes.hostedZoneId, attributes.zoneName, attributes.recordName);
  }

  /** A service in a public zone that is at hand as an L2. Its `zoneName` must be a literal. */
  public static fromHostedZone(hostedZone: route53.IHostedZone, options: ServiceDomainOptions = {}): ServiceDomain {
    if (hostedZone instanceof route53.PrivateHostedZone) {
      throw new HeadgateError(
        'HG0101',
        `'hostedZone' must be a public zone, got the private one '${hostedZone.node.path}': no certificate can be validated in it, and neither viewers nor health checkers see its records; give the public zone of the name`,
      );
    }
    return new ServiceDomain(hostedZone.hostedZoneId, hostedZone.zoneName, options.recordName);
  }

  /** The service's name without a trailing dot, such as `shop.example.com`. */
  public readonly serviceName: string;

  /** The name behind which all Regions stand, such as `origin.shop.example.com`. */
  public readonly originName: string;

  /** The zone's name without a trailing dot. */
  public readonly zoneName: string;

  /** The zone's id. */
  public readonly hostedZoneId: string;

  private constructor(hostedZoneId: string, zoneName: string, recordName?: string) {
    if (Token.isUnresolved(zoneName) || Token.isUnresolved(recordName)) {
      throw new HeadgateError(
        'HG0101',
        "'zoneName' and 'recordName' must be literals, got a token: every record, certificate and rule of the service is named after them",
      );
    }
    this.hostedZoneId = hostedZoneId;
    this.zoneName = hostName('zoneName', zoneName);
    if (!this.zoneName.includes('.')) {
      throw new HeadgateError(
        'HG0103',
        `'zoneName' must have two labels or more, or no certificate can be issued, got '${zoneName}': give the zone's whole name, such as 'example.com'`,
      );
    }
    this.serviceName = recordName === undefined ? this.zoneName : this._fullName(recordName);
    this.originName = `origin.${this.serviceName}`;
    const longest = LONGEST_PREFIX.length + this.serviceName.length;
    if (longest > MAX_NAME_LENGTH) {
      throw new HeadgateError(
        'HG0104',
        `'recordName' must leave room for '${LONGEST_PREFIX}' in front of it, ${MAX_NAME_LENGTH} characters in all, got ${longest}: use a shorter record or zone`,
      );
    }
  }

  /** The name of one Region's balancer, such as `us-east-1.origin.shop.example.com`. */
  public regionalOriginName(region: string): string {
    return `${region}.${this.originName}`;
  }

  /** The names that a Region's certificate covers: the service's, its origin name, and every name below that. */
  public siteCertificateNames(): string[] {
    return [this.serviceName, this.originName, `*.${this.originName}`];
  }

  /** The zone as an L2 in the stack of `scope`. */
  public importHostedZone(scope: Construct, id: string): route53.IHostedZone {
    return route53.HostedZone.fromHostedZoneAttributes(scope, id, {
      hostedZoneId: this.hostedZoneId,
      zoneName: this.zoneName,
    });
  }

  /**
   * The whole name of a record: one label, or a name that lies in the zone. Fails on any other.
   *
   * @internal
   */
  public _fullName(recordName: string): string {
    const name = hostName('recordName', recordName);
    if (name === this.zoneName || name.endsWith(`.${this.zoneName}`)) return name;
    if (!name.includes('.') && !recordName.endsWith('.')) return `${name}.${this.zoneName}`;
    throw new HeadgateError(
      'HG0102',
      `'recordName' must lie in the zone '${this.zoneName}', got '${recordName}': use one label ('shop') or a name that ends with '.${this.zoneName}'`,
    );
  }
}

function hostName(prop: string, value: string): string {
  const name = value.replace(/\.$/, '').toLowerCase();
  const bad = name.split('.').find((label) => !LABEL.test(label));
  if (bad !== undefined) {
    throw new HeadgateError(
      'HG0103',
      `'${prop}' must be labels of 1 to 63 letters, digits and inner hyphens, joined by dots, got '${value}': ${value.includes('://') ? 'leave the scheme out' : bad === '' ? 'leave no label empty' : `mend the label '${bad}'`}`,
    );
  }
  return name;
}
