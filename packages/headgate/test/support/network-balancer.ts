/** A Network Load Balancer in subnets of the zones us-east-1a, us-east-1b…, one for each letter. */
export function networkBalancer(zones = '', attributes: Record<string, string> = {}): object {
  return balancer('network', zones, attributes);
}

/** An Application Load Balancer, likewise. */
export function applicationBalancer(zones = '', attributes: Record<string, string> = {}): object {
  return balancer('application', zones, attributes);
}

function balancer(type: string, zones: string, attributes: Record<string, string>): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Type: type,
      Subnets: [...zones].map((letter) => ({ Ref: `Subnet${letter}` })),
      LoadBalancerAttributes: pairs(attributes),
    },
  };
}

/** The subnets of {@link networkBalancer}: `Subneta` in us-east-1a and so on. */
export function subnets(zones: string): Record<string, object> {
  return Object.fromEntries(
    [...zones].map((letter) => [
      `Subnet${letter}`,
      { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: `us-east-1${letter}` } },
    ]),
  );
}

/** A listener of the balancer `Nlb` that forwards to groups by weight, or to one; or with actions as they are given. */
export function networkListener(
  forwardTo: string | Record<string, number>,
  {
    port = 443,
    protocol = 'TCP',
    balancer = 'Nlb',
    actions,
  }: { port?: number; protocol?: string; balancer?: string; actions?: unknown } = {},
): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: balancer },
      Port: port,
      Protocol: protocol,
      DefaultActions: actions ?? [forward(forwardTo)],
    },
  };
}

/** An action that forwards to groups by weight, or to one. */
export function forward(to: string | Record<string, number>): object {
  if (typeof to === 'string') return { Type: 'forward', TargetGroupArn: { Ref: to } };
  const groups = Object.entries(to).map(([id, weight]) => ({ TargetGroupArn: { Ref: id }, Weight: weight }));
  return { Type: 'forward', ForwardConfig: { TargetGroups: groups } };
}

/** A target group. */
export function group(properties: Record<string, unknown> = {}, attributes: Record<string, string> = {}): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Protocol: 'TCP', Port: 443, TargetGroupAttributes: pairs(attributes), ...properties },
  };
}

/** An Auto Scaling group in zones that registers with a target group. */
export function fleet(targetGroup: string, zones: string, maxSize = 4): object {
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MaxSize: String(maxSize),
      TargetGroupARNs: [{ Ref: targetGroup }],
      VPCZoneIdentifier: [...zones].map((letter) => ({ Ref: `Subnet${letter}` })),
    },
  };
}

function pairs(attributes: Record<string, string>): object[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}
