import { group, networkBalancer, networkListener } from '../../support/network-balancer';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://example.com/';

interface GroupOptions {
  readonly region: unknown;
  readonly dial?: number;
  readonly endpoints: readonly object[];
  readonly overrides?: readonly object[];
}

function acceleratorWith(groups: Record<string, GroupOptions>, listener: object = {}, more: object = {}) {
  const endpointGroups = Object.entries(groups).map(([id, { region, dial, endpoints, overrides }]) => [
    id,
    {
      Type: 'AWS::GlobalAccelerator::EndpointGroup',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        EndpointGroupRegion: region,
        ...(dial === undefined ? {} : { TrafficDialPercentage: dial }),
        EndpointConfigurations: endpoints,
        ...(overrides ? { PortOverrides: overrides } : {}),
      },
    },
  ]);
  return trafficOf({
    Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'a' } },
    Listener: {
      Type: 'AWS::GlobalAccelerator::Listener',
      Properties: {
        AcceleratorArn: { Ref: 'Accelerator' },
        Protocol: 'TCP',
        PortRanges: [{ FromPort: 443, ToPort: 443 }],
        ...listener,
      },
    },
    ...Object.fromEntries(endpointGroups),
    ...more,
  });
}

const at = (EndpointId: unknown, Weight?: number) => ({ EndpointId, ...(Weight === undefined ? {} : { Weight }) });
const one = (endpoint: object = at('eipalloc-1')) => ({ Group: { region: 'us-east-1', endpoints: [endpoint] } });
const three = (dials: readonly number[]) => ({
  East: { region: 'us-east-1', dial: dials[0]!, endpoints: [at('east')] },
  West: { region: 'us-west-2', dial: dials[1]!, endpoints: [at('west')] },
  Europe: { region: 'eu-west-1', dial: dials[2]!, endpoints: [at('europe')] },
});

describe('an accelerator', () => {
  test('takes ports and protocols of its listeners only', () => {
    const traffic = acceleratorWith(one());
    expect(ends(traffic.request({ url }))).toEqual(['1 address eipalloc-1']);
    const other = traffic.request({ url: 'http://example.com/' });
    expect(ends(other)).toEqual(['1 error Accelerator']);
    expect(other.outcomes[0]!.trace[0]!.because).toBe('no listener takes port 80');
    expect(ends(traffic.request({ url, httpVersion: '3' }))).toEqual(['1 error Accelerator']);
  });

  test('takes HTTP/3 by a listener for UDP', () => {
    const traffic = acceleratorWith(one(), { Protocol: 'UDP' });
    expect(ends(traffic.request({ url, httpVersion: '3' }))).toEqual(['1 address eipalloc-1']);
  });

  test('that is disabled takes nothing', () => {
    const off = {
      Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'a', Enabled: false } },
    };
    expect(ends(acceleratorWith(one(), {}, off).request({ url }))).toEqual(['1 error Accelerator']);
  });

  test.each([[''], [undefined]])('fails at an endpoint %j', (EndpointId) => {
    const empty = EndpointId === undefined ? { Weight: 1 } : { EndpointId };
    expect(() => acceleratorWith(one(empty)).request({ url })).toThrow(
      'EndpointConfigurations[0].EndpointId is missing or empty.',
    );
  });

  test('without an endpoint ends in an error', () => {
    const traffic = acceleratorWith({ Group: { region: 'us-east-1', endpoints: [] } });
    expect(ends(traffic.request({ url }))).toEqual(['1 error Listener']);
  });

  test('is bounded over its Regions for a client of unknown Region', () => {
    const answer = acceleratorWith(three([100, 100, 100])).request({ url });
    expect(answer.outcomes.map(({ destination, min, max, quality }) => [destination.id, min, max, quality])).toEqual([
      ['east', 0, 1, 'bounded'],
      ['west', 0, 1, 'bounded'],
      ['europe', 0, 1, 'bounded'],
    ]);
    expect(answer.outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('takes the closest Region for a client in another, which is not documented', () => {
    const answer = acceleratorWith(three([100, 100, 100])).request({ url, clientRegion: 'eu-central-1' });
    expect(ends(answer)).toEqual(['1 address europe']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
  });

  test('passes on what dials leave to the next by distance', () => {
    const answer = acceleratorWith(three([60, 50, 100])).request({ url, clientRegion: 'us-east-1' });
    expect(ends(answer)).toEqual(['0.6 address east', '0.2 address west', '0.2 address europe']);
    expect(answer.outcomes.map(({ quality }) => quality)).toEqual(['exact', 'undocumented', 'undocumented']);
    expect(answer.outcomes[0]!.trace[0]!.because).toBe('us-east-1 is closest to the client, dial 60 %: east');
  });

  const two = (east: number, west: number) => ({
    East: { region: 'us-east-1', dial: east, endpoints: [at('east')] },
    West: { region: 'us-west-2', dial: west, endpoints: [at('west')] },
  });

  test.each([
    [50, 0, ['1 address east'], 'East', '50 %'],
    [60, 30, ['0.6 address east', '0.4 address west'], 'West', '30 %'],
    [0, 70, ['1 address west'], 'West', '70 %'],
    [0, 0, ['1 address east'], 'East', '0 %'],
  ])('with dials of %d and %d %% says that nobody documents the rest', (east, west, shares, last, dial) => {
    const answer = acceleratorWith(two(east, west)).request({ url, clientRegion: 'us-east-1' });
    expect(ends(answer)).toEqual(shares);
    expect(new Set(answer.outcomes.map(({ quality }) => quality))).toEqual(new Set(['undocumented']));
    expect(answer.warnings).toEqual([
      `Stack/${last} (AWS::GlobalAccelerator::EndpointGroup): its dial is ${dial}, and no page says who takes what all dials leave: it counts as taken here.`,
    ]);
  });

  test.each([
    [50, 100, ['0.5 address east', '0.5 address west']],
    [100, 50, ['1 address east']],
    [0, 100, ['1 address west']],
  ])('with dials of %d and %d %% nothing is left, so all is documented', (east, west, shares) => {
    const answer = acceleratorWith(two(east, west)).request({ url, clientRegion: 'us-east-1' });
    expect(ends(answer)).toEqual(shares);
    expect(new Set(answer.outcomes.map(({ quality }) => quality))).toEqual(new Set(['exact']));
    expect(answer.warnings).toEqual([]);
  });

  test('asks no group behind one that takes all', () => {
    const answer = acceleratorWith(three([50, 100, 20])).request({ url, clientRegion: 'us-east-1' });
    expect(ends(answer)).toEqual(['0.5 address east', '0.5 address west']);
    expect(answer.outcomes.map(({ quality }) => quality)).toEqual(['exact', 'undocumented']);
    expect(answer.warnings).toEqual([]);
  });

  test('names the dial of the closest group, whatever it leaves', () => {
    const answer = acceleratorWith(two(50, 0)).request({ url, clientRegion: 'us-east-1' });
    expect(answer.outcomes[0]!.trace[0]!.because).toBe('us-east-1 is closest to the client, dial 50 %: east');
  });

  test('with all dials at 0 is not documented', () => {
    const answer = acceleratorWith(three([0, 0, 0])).request({ url, clientRegion: 'us-east-1' });
    expect(ends(answer)).toEqual(['1 address east']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
  });

  test('is not documented where only some endpoints have weights', () => {
    const endpoints = [at('a', 128), at('b')];
    const answer = acceleratorWith({ Group: { region: 'us-east-1', endpoints } }).request({ url });
    expect(ends(answer)).toEqual(['0.5 address a', '0.5 address b']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
    expect(answer.warnings).toHaveLength(1);
  });

  test('shares evenly where no endpoint has a weight', () => {
    const endpoints = [at('a'), at('b')];
    const answer = acceleratorWith({ Group: { region: 'us-east-1', endpoints } }).request({ url });
    expect(answer.outcomes.map(({ share, quality }) => [share, quality])).toEqual([
      [0.5, 'exact'],
      [0.5, 'exact'],
    ]);
  });

  test('sends nothing to weight 0 while another endpoint is healthy', () => {
    const endpoints = [at('a', 0), at('b', 1)];
    expect(ends(acceleratorWith({ Group: { region: 'us-east-1', endpoints } }).request({ url }))).toEqual([
      '1 address b',
    ]);
  });

  test('overrides ports, says who opened the connection, and keeps the address only where it is told to', () => {
    const targets = { Nlb: networkBalancer(), Tcp: networkListener('Blue', { port: 8443 }), Blue: group() };
    const arrived = (more: object) => {
      const groups = {
        Group: {
          region: 'us-east-1',
          endpoints: [{ ...at({ Ref: 'Nlb' }, 1), ...more }],
          overrides: [{ ListenerPort: 443, EndpointPort: 8443 }],
        },
      };
      const answer = acceleratorWith(groups, {}, targets).request({ url, entry: 'Accelerator', clientIp: '192.0.2.1' });
      expect(ends(answer)).toEqual(['1 target-group Blue']);
      return answer.outcomes[0]!.passage.request;
    };
    expect(arrived({})).toMatchObject({ via: 'global-accelerator', port: 8443, address: undefined });
    expect(arrived({ ClientIPPreservationEnabled: true })).toMatchObject({ address: '192.0.2.1' });
  });

  test('fails for an endpoint that is something else', () => {
    const traffic = acceleratorWith(one(at({ Ref: 'Listener' })));
    expect(() => traffic.request({ url })).toThrow(
      'EndpointId must lead to a balancer, an address or an instance, got ${Listener}.',
    );
  });

  test('is bounded, with a warning, if a Region, a dial or a weight is symbolic', () => {
    const groups = { ...one(), Other: { region: { Ref: 'Region' }, endpoints: [at('b')] } };
    const answer = acceleratorWith(groups).request({ url, clientRegion: 'us-east-1' });
    expect(answer.outcomes.map(({ share, min, max, quality }) => [share, min, max, quality])).toEqual([
      [1, 0, 1, 'bounded'],
    ]);
    expect(answer.warnings[0]).toContain('Other (AWS::GlobalAccelerator::EndpointGroup): EndpointGroupRegion');
    const endpoints = [at('a', { Ref: 'Weight' } as unknown as number), at('b')];
    const weights = acceleratorWith({ Group: { region: 'us-east-1', endpoints } }).request({ url });
    expect(weights.outcomes.map(({ quality }) => quality)).toEqual(['bounded', 'bounded']);
    expect(weights.warnings[0]).toContain("EndpointConfigurations[0].Weight isn't known");
  });

  test('names a listener whose ports are symbolic where none takes a request', () => {
    const traffic = acceleratorWith(one(), { PortRanges: [{ FromPort: { Ref: 'Port' }, ToPort: 443 }] });
    expect(traffic.request({ url }).warnings).toEqual([
      "Stack/Listener (AWS::GlobalAccelerator::Listener): PortRanges isn't known, so it counts as other ports.",
    ]);
  });

  test.each([-1, 101])('fails for a traffic dial of %d', (dial) => {
    const traffic = acceleratorWith({ Group: { region: 'us-east-1', dial, endpoints: [at('a')] } });
    expect(() => traffic.request({ url })).toThrow(
      `TrafficDialPercentage must be a number from 0 to 100, got ${dial}.`,
    );
  });

  test('takes a traffic dial with a fraction', () => {
    const traffic = acceleratorWith({ Group: { region: 'us-east-1', dial: 99.5, endpoints: [at('a')] } });
    expect(ends(traffic.request({ url }))).toEqual(['1 address a']);
  });
});
