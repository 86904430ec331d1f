import { Annotations, Stack, Stage, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { HeadgateError, problem, shown } from '../../core/errors';
import { zoneCountOf } from '../../core/private/zones';
import type { RegionalService } from '../regional-service';
import type { RegionalServiceOptions } from '../regional-service-props';
import type { SiteOptions } from '../site-options';
import { isDualStack } from './dual-stack';

/** The longest ending of a stack's name, and what a name may have in all. */
const LONGEST_KIND = '-ap-southeast-1';
const MAX_STACK_NAME = 128;

/** Fails unless names of stacks can begin with the service's id, and with that of its Stage. */
export function checkNamePrefix(prefix: string, scope: Construct): void {
  const longest = MAX_STACK_NAME - LONGEST_KIND.length;
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(prefix) && prefix.length <= longest) return;
  throw new HeadgateError(
    'HG9219',
    `'id' must make names of stacks, with that of the Stage at most ${longest} letters, digits and hyphens that begin with a letter, got '${prefix}': use an id such as 'Shop'`,
    scope,
  );
}

/** Fails on an account that is no account's id. */
export function checkAccount(account: string | undefined, scope: Construct): void {
  if (account === undefined || Token.isUnresolved(account)) return;
  // Plain JavaScript and JSON may bring a number, which the CDK refuses in its own words.
  if (typeof account === 'string' && /^\d{12}$/.test(account)) return;
  throw new HeadgateError(
    'HG9220',
    `'account' must be an account's id of 12 digits, got ${shown(account)}: copy it from 'aws sts get-caller-identity', without hyphens and as a string`,
    scope,
  );
}

/** Fails on a Region that can't be a site of the service. */
export function checkSiteRegion(region: string, controlRegion: string, added: string[], scope: Construct): void {
  if (region === controlRegion) {
    throw new HeadgateError(
      'HG9211',
      `'region' must not be the control Region, got '${region}': what decides about Regions must not fail with one; choose another 'controlRegion' that serves no traffic`,
      scope,
    );
  }
  if (added.includes(region)) {
    throw new HeadgateError(
      'HG9212',
      `'region' must be added once, got '${region}' twice: add fleets to the first`,
      scope,
    );
  }
}

/** Fails on options that contradict each other, or do nothing. */
export function checkSiteOptions(options: SiteOptions, scope: Construct): void {
  const { stack, stackProps, account, availabilityZoneCount, routed, partner } = options;
  if (stack && (stackProps || account || availabilityZoneCount !== undefined)) {
    throw new HeadgateError(
      'HG9201',
      "'stackProps', 'account' and 'availabilityZoneCount' do nothing beside 'stack', which brings its own: leave them out",
      scope,
    );
  }
  const fixed = (['env', 'stackName'] as const).find((prop) => stackProps?.[prop] !== undefined);
  if (fixed) {
    throw new HeadgateError(
      'HG9201',
      `'stackProps.${fixed}' does nothing, since names and environments of stacks follow from the service: leave it out`,
      scope,
    );
  }
  if (routed === false && partner !== undefined) {
    throw new HeadgateError(
      'HG9201',
      `'partner' does nothing beside 'routed' false, got '${partner}': leave it out until the Region gets traffic`,
      scope,
    );
  }
  checkAccount(account, scope);
  if (stackProps?.crossRegionReferences) refuseCrossRegionReferences(scope);
}

/** Fails on a stack that the site can't stand in. */
export function checkSiteStack(stack: Stack, region: string, controlStack: Stack): void {
  // The CDK keeps the flag to itself, under this name since 2.50.
  if ((stack as unknown as { _crossRegionReferences?: boolean })._crossRegionReferences)
    refuseCrossRegionReferences(stack);
  if (stack.region !== region) {
    throw new HeadgateError(
      'HG0203',
      `'stack' must be in ${region}, got ${Token.isUnresolved(stack.region) ? 'one without a Region' : stack.region}: give it env.region '${region}'`,
      stack,
    );
  }
  if (Stage.of(stack) !== Stage.of(controlStack)) {
    throw new HeadgateError(
      'HG9218',
      `'stack' must stand in the Stage of the service, ${nameOf(Stage.of(controlStack))}, got one in ${nameOf(Stage.of(stack))}: stacks of two Stages can't be deployed one after the other; make the stack inside that Stage`,
      stack,
    );
  }
  if (stack.account !== controlStack.account) {
    throw new HeadgateError(
      'HG9213',
      `'account' of ${region} must be the service's, ${accountOf(controlStack)}, got ${accountOf(stack)}: the records and certificates of all stacks go to one zone, and CloudFormation reaches the zones and secrets of its own account alone; put all sites into one account`,
      stack,
    );
  }
}

/** An account for messages. */
function accountOf({ account }: Stack): string {
  return Token.isUnresolved(account) ? 'the one that deploys' : account;
}

function nameOf(stage: Stage | undefined): string {
  return stage?.node.path ? `'${stage.node.path}'` : 'the app itself';
}

/** A stack of another kind looks its zones up, with credentials, when a VPC is made in it (CDK-9). */
export function warnOfZones(stack: Stack, service: RegionalServiceOptions = {}): void {
  const environment = [stack.account, stack.region];
  const brought = service.vpc ?? service.loadBalancer ?? service.listener;
  if (brought || zoneCountOf(stack) !== undefined || environment.some((part) => Token.isUnresolved(part))) return;
  Annotations.of(stack).addWarningV2(
    'cdk-headgate:zonesLookedUp',
    'a new VPC in this stack makes the CDK look availability zones up with credentials: make the stack a SiteStack, which takes them at deploy time, or bring a VPC',
  );
}

/** Fails unless all balancers have addresses of one kind: every name has AAAA records, or none has. */
export function checkAddresses(site: RegionalService, region: string, ofService?: elbv2.IpAddressType): void {
  const actual = site.loadBalancer.ipAddressType ?? elbv2.IpAddressType.IPV4;
  if (isDualStack(actual) === isDualStack(ofService)) return;
  throw new HeadgateError(
    'HG9215',
    `'ipAddressType' must be the same in all Regions, got '${actual}' in ${region}: say it once, on the GlobalService, and bring balancers that have it`,
    site,
  );
}

/**
 * Fails on a listener that neither Route 53's checkers nor an edge could talk to: both ask HTTPS on port 443, and the checkers speak TLS 1.0 to
 * 1.2 (R53-15). Of a listener that was brought along, only an L2 shows what it is.
 */
export function checkProbeable(site: RegionalService): void {
  const resource = site.listener.node.defaultChild;
  if (!(resource instanceof elbv2.CfnListener)) return;
  const { port, protocol, sslPolicy: policy } = resource;
  if ([port, protocol].every((part) => !Token.isUnresolved(part)) && (port !== 443 || protocol !== 'HTTPS')) {
    throw new HeadgateError(
      'HG9216',
      `'listener' must speak HTTPS on port 443, got ${protocol} on port ${port}: Route 53 and the edge ask there and nowhere else; bring that listener, or leave it out`,
      site,
    );
  }
  if (policy === undefined || Token.isUnresolved(policy) || !policy.includes('TLS13-1-3')) return;
  throw new HeadgateError(
    'HG9216',
    `'sslPolicy' must take TLS 1.2 too, got '${policy}' (R53-15): Route 53 could not check the Region; use SslPolicy.TLS13_12_RES_PQ`,
    site,
  );
}

/** What is wrong with the names of a service's stacks: two stacks of one name in one environment are one stack to CloudFormation. */
export function namesakes(stacks: Stack[]): string[] {
  const all = stacks[0]!.node.root.node.findAll().filter(Stack.isStack);
  return stacks.flatMap((own) =>
    all
      .filter((other) => other !== own && other.stackName === own.stackName && other.environment === own.environment)
      .map((other) =>
        problem(
          'HG9217',
          `'id' must make names of stacks that no other stack of the environment has, got '${own.stackName}' for '${own.node.path}' and for '${other.node.path}': give one of the services another id`,
        ),
      ),
  );
}

function refuseCrossRegionReferences(scope: Construct): never {
  throw new HeadgateError(
    'HG0205',
    "'crossRegionReferences' must not be true, got true: Regions share names, and a reference would tie the deployment of one to the health of another; leave it out",
    scope,
  );
}
