import { fixed, listener, REF, rule, source } from '../../support/balancer';
import { applicationBalancer, group } from '../../support/network-balancer';
import { ends, trafficOf } from '../../support/traffic';

const UNKNOWN = REF('Unknown');

/** An accelerator before a balancer that turns clients of 198.51.100.0/24 away, and listens on port 8443 too. */
function accelerated(properties: { accelerator?: object; listener?: object; group?: object; endpoint?: object }) {
  const https = (Port: number, id: string) =>
    listener({ Port, Protocol: 'HTTPS', DefaultActions: [{ Type: 'forward', TargetGroupArn: REF(id) }] });
  return trafficOf({
    Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'a', ...properties.accelerator } },
    In: {
      Type: 'AWS::GlobalAccelerator::Listener',
      Properties: {
        AcceleratorArn: REF('Accelerator'),
        Protocol: 'TCP',
        PortRanges: [{ FromPort: 443, ToPort: 443 }],
        ...properties.listener,
      },
    },
    East: {
      Type: 'AWS::GlobalAccelerator::EndpointGroup',
      Properties: {
        ListenerArn: REF('In'),
        EndpointGroupRegion: 'us-east-1',
        EndpointConfigurations: [{ EndpointId: REF('Lb'), ...properties.endpoint }],
        ...properties.group,
      },
    },
    Lb: applicationBalancer(),
    Listener: https(443, 'Blue'),
    Other: https(8443, 'Green'),
    Rule: rule(1, [source('198.51.100.0/24')], fixed(403)),
    Blue: group({ Protocol: 'HTTP' }),
    Green: group({ Protocol: 'HTTP' }),
  });
}

function ask(properties: Parameters<typeof accelerated>[0], more: object = {}) {
  const answer = accelerated(properties).request({ url: 'https://example.com/', entry: 'Accelerator', ...more });
  return { ends: ends(answer), quality: answer.outcomes[0]!.quality, warnings: answer.warnings };
}

const GROUP = 'Stack/East (AWS::GlobalAccelerator::EndpointGroup)';

describe('what is not known of an accelerator is assumed, with a warning and bounds', () => {
  test.each([
    [
      'Enabled',
      { accelerator: { Enabled: UNKNOWN } },
      "Stack/Accelerator (AWS::GlobalAccelerator::Accelerator): Enabled isn't known: true is assumed.",
    ],
    [
      'the protocol of a listener',
      { listener: { Protocol: UNKNOWN } },
      "Stack/In (AWS::GlobalAccelerator::Listener): Protocol isn't known and is taken for the request's.",
    ],
    [
      'an endpoint port',
      { group: { PortOverrides: [{ ListenerPort: 443, EndpointPort: UNKNOWN }] } },
      `${GROUP}: PortOverrides[0].EndpointPort isn't known: the listener's port is assumed.`,
    ],
    [
      'the port that another one stands for',
      { group: { PortOverrides: [{ ListenerPort: UNKNOWN, EndpointPort: 8443 }] } },
      `${GROUP}: PortOverrides[0].ListenerPort isn't known: the listener's port is assumed.`,
    ],
    [
      'all other ports',
      { group: { PortOverrides: UNKNOWN } },
      `${GROUP}: PortOverrides isn't known: the listener's port is assumed.`,
    ],
    [
      'an endpoint beside the one that is given',
      { group: { EndpointConfigurations: [{ EndpointId: REF('Lb') }, UNKNOWN] } },
      `${GROUP}: EndpointConfigurations isn't known: the shares are taken as if it were not given.`,
    ],
  ])('%s', (_name, properties, warning) => {
    const answer = ask(properties, { clientIp: '192.0.2.1' });
    expect([answer.ends, answer.quality]).toEqual([['1 target-group Blue'], 'bounded']);
    expect(answer.warnings).toEqual([warning]);
  });

  test('all endpoints', () => {
    const answer = ask({ group: { EndpointConfigurations: UNKNOWN } });
    expect([answer.ends, answer.quality]).toEqual([['1 error In'], 'bounded']);
    expect(answer.warnings).toEqual([`${GROUP}: EndpointConfigurations isn't known and counts as empty.`]);
  });

  test('the ports of a listener that none else takes', () => {
    const answer = ask({ listener: { PortRanges: UNKNOWN } });
    expect([answer.ends, answer.quality]).toEqual([['1 error Accelerator'], 'bounded']);
  });
});

describe('what is not known of an accelerator and decides nothing leaves an answer as it is', () => {
  test('a port that is not the one of the request', () => {
    const PortOverrides = [
      { ListenerPort: 443, EndpointPort: 8443 },
      { ListenerPort: 81, EndpointPort: UNKNOWN },
    ];
    const answer = ask({ group: { PortOverrides } });
    expect([answer.ends, answer.quality, answer.warnings]).toEqual([['1 target-group Green'], 'exact', []]);
  });
});

describe('whether the balancer sees the address of the client is not known', () => {
  const properties = { endpoint: { ClientIPPreservationEnabled: UNKNOWN } };
  const warning = `${GROUP}: EndpointConfigurations[0].ClientIPPreservationEnabled isn't known, so which address Lb sees isn't either.`;

  test('so rules that ask for it count as not met', () => {
    const answer = ask(properties, { clientIp: '198.51.100.7' });
    expect([answer.ends, answer.quality]).toEqual([['1 target-group Blue'], 'bounded']);
    expect(answer.warnings).toEqual([
      warning,
      "Stack/Rule (AWS::ElasticLoadBalancingV2::ListenerRule): Conditions[0].SourceIpConfig.Values: which address the balancer sees isn't known.",
    ]);
  });

  test('and makes no difference where no rule asks for it', () => {
    const overrides = { PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }] };
    const answer = ask({ ...properties, group: overrides }, { clientIp: '198.51.100.7' });
    expect([answer.ends, answer.quality]).toEqual([['1 target-group Green'], 'exact']);
  });
});
