/** Resources of an Application Load Balancer for tests: `Lb` with one listener, its default a fixed 404. */

export const REF = (id: string) => ({ Ref: id });

export const LB = { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } } };

export function listener(properties: object = {}) {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: REF('Lb'),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [fixed(404)],
      ...properties,
    },
  };
}

export function fixed(status: number): object {
  return { Type: 'fixed-response', FixedResponseConfig: { StatusCode: String(status) } };
}

export function rule(priority: unknown, conditions: readonly object[], action: object = fixed(200), more: object = {}) {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: REF('Listener'),
      Priority: priority,
      Conditions: conditions,
      Actions: [action],
      ...more,
    },
  };
}

export const path = (...values: unknown[]) => ({ Field: 'path-pattern', PathPatternConfig: { Values: values } });
export const host = (...values: unknown[]) => ({ Field: 'host-header', HostHeaderConfig: { Values: values } });
export const method = (...values: unknown[]) => ({
  Field: 'http-request-method',
  HttpRequestMethodConfig: { Values: values },
});
export const header = (name: unknown, ...values: unknown[]) => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: name, Values: values },
});
export const query = (...values: unknown[]) => ({ Field: 'query-string', QueryStringConfig: { Values: values } });
export const source = (...values: unknown[]) => ({ Field: 'source-ip', SourceIpConfig: { Values: values } });

export function group(properties: object = {}): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Protocol: 'HTTP', Port: 80, TargetType: 'ip', ...properties },
  };
}

/** A forward by weights: `{ Blue: 90, Green: 10 }`. */
export function forward(weights: Record<string, unknown>, sticky?: object): object {
  return {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: Object.entries(weights).map(([id, weight]) => ({
        TargetGroupArn: REF(id),
        ...(weight === undefined ? {} : { Weight: weight }),
      })),
      ...(sticky === undefined ? {} : { TargetGroupStickinessConfig: sticky }),
    },
  };
}
