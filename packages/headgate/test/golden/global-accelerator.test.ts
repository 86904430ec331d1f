import { golden } from '../support/golden';
import { applicationBalancer, group, networkBalancer, networkListener } from '../support/network-balancer';
import { ends, factsOf, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/global-accelerator/latest/dg';
const url = 'https://example.com/';

type Groups = Record<string, { readonly dial?: number; readonly weights: Record<string, number | undefined> }>;

/** An accelerator with a group a Region, whose endpoints are addresses, by weight. */
function accelerator(groups: Groups): Record<string, object> {
  const resources: Record<string, object> = {
    Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'a' } },
    Listener: {
      Type: 'AWS::GlobalAccelerator::Listener',
      Properties: {
        AcceleratorArn: { Ref: 'Accelerator' },
        Protocol: 'TCP',
        PortRanges: [{ FromPort: 443, ToPort: 443 }],
      },
    },
  };
  for (const [region, { dial, weights }] of Object.entries(groups)) {
    resources[region.replaceAll('-', '')] = {
      Type: 'AWS::GlobalAccelerator::EndpointGroup',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        EndpointGroupRegion: region,
        ...(dial === undefined ? {} : { TrafficDialPercentage: dial }),
        EndpointConfigurations: Object.entries(weights).map(([EndpointId, Weight]) => ({
          EndpointId,
          ...(Weight === undefined ? {} : { Weight }),
        })),
      },
    };
  }
  return resources;
}

describe('Global Accelerator', () => {
  golden(
    'GA-1',
    `${GUIDE}/about-endpoint-groups-traffic-dial.html`,
    'with dials of 50 % each Region serves half of its coast and half of the other',
    () => {
      const traffic = trafficOf(
        accelerator({
          'us-east-1': { dial: 50, weights: { east: 1 } },
          'us-west-2': { dial: 50, weights: { west: 1 } },
        }),
      );
      const east = traffic.request({ url, clientRegion: 'us-east-1' });
      expect(ends(east)).toEqual(['0.5 address east', '0.5 address west']);
      expect(east.outcomes.map(({ quality }) => quality)).toEqual(['exact', 'exact']);
      expect(ends(traffic.request({ url, clientRegion: 'us-west-2' }))).toEqual([
        '0.5 address west',
        '0.5 address east',
      ]);
      expect(factsOf(east)).toContain('GA-1');
    },
  );

  golden('GA-1', `${GUIDE}/about-endpoint-groups-traffic-dial.html`, 'a dial of 0 cuts a Region off', () => {
    const traffic = trafficOf(
      accelerator({ 'us-east-1': { dial: 0, weights: { east: 1 } }, 'us-west-2': { weights: { west: 1 } } }),
    );
    expect(ends(traffic.request({ url, clientRegion: 'us-east-1' }))).toEqual(['1 address west']);
  });

  golden(
    'GA-1',
    `${GUIDE}/about-endpoints-endpoint-weights.html`,
    'weights of 1 and 255 send 1/256 to the first endpoint',
    () => {
      const traffic = trafficOf(accelerator({ 'us-east-1': { weights: { tiny: 1, rest: 255 } } }));
      const answer = traffic.request({ url });
      expect(answer.outcomes.map(({ share }) => share)).toEqual([1 / 256, 255 / 256]);
      expect(answer.outcomes[0]!.quality).toBe('exact');
    },
  );

  golden(
    'GA-1',
    'https://repost.aws/knowledge-center/global-accelerator-failover-different-region',
    'failover to another Region ignores the dial',
    () => {
      const traffic = trafficOf(
        accelerator({
          'us-east-1': { dial: 100, weights: { east: 1 } },
          'us-west-2': { dial: 0, weights: { west: 1 } },
        }),
      );
      const answer = traffic.given('region=us-east-1').request({ url, clientRegion: 'us-east-1' });
      expect(ends(answer)).toEqual(['1 address west']);
      expect(answer.outcomes[0]!.trace[0]!.because).toBe(
        'useast1 has no healthy endpoint with a weight (its Region is down), so us-west-2 stands in, whatever its dial: west',
      );
    },
  );

  golden(
    'GA-1',
    `${GUIDE}/about-endpoints-endpoint-weights.unhealthy-endpoints.html`,
    'with nothing usable anywhere it fails open to a random endpoint of the closest group, and whether weight 0 is spared is not documented',
    () => {
      const traffic = trafficOf(accelerator({ 'us-east-1': { weights: { a: 1, b: 0 } } })).given('region=us-east-1');
      const answer = traffic.request({ url, clientRegion: 'us-east-1' });
      expect(ends(answer)).toEqual(['0.5 address a', '0.5 address b']);
      expect(answer.outcomes[0]!.quality).toBe('undocumented');
      expect(answer.warnings).toHaveLength(1);
    },
  );

  golden(
    'GA-1',
    `${GUIDE}/about-endpoints-endpoint-weights.unhealthy-endpoints.html`,
    'of a healthy and an unhealthy endpoint the healthy one gets everything, until its weight is 0',
    () => {
      const two = (weight: number) =>
        trafficOf({
          Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'a' } },
          ...accelerator({ 'eu-west-1': { dial: 0, weights: { far: 1 } } }),
          Nlb: networkBalancer(),
          Https: networkListener('Targets'),
          Targets: group(),
          Near: {
            Type: 'AWS::GlobalAccelerator::EndpointGroup',
            Properties: {
              ListenerArn: { Ref: 'Listener' },
              EndpointGroupRegion: 'us-east-1',
              EndpointConfigurations: [
                { EndpointId: { Ref: 'Nlb' }, Weight: 10 },
                { EndpointId: 'healthy', Weight: weight },
              ],
            },
          },
        });
      const request = { url, entry: 'Accelerator', clientRegion: 'us-east-1' };
      expect(ends(two(10).request(request))).toEqual(['0.5 target-group Targets', '0.5 address healthy']);
      expect(ends(two(10).given('target-group=Targets').request(request))).toEqual(['1 address healthy']);
      const elsewhere = two(0).given('target-group=Targets').request(request);
      expect(ends(elsewhere)).toEqual(['1 address far']);
      expect(factsOf(elsewhere)).toContain('GA-1');
    },
  );

  golden('GA-1', `${GUIDE}/about-endpoints.html`, 'a port that no listener has is not answered', () => {
    const traffic = trafficOf(accelerator({ 'us-east-1': { weights: { east: 1 } } }));
    expect(ends(traffic.request({ url, entry: 'Accelerator' }))).toEqual(['1 address east']);
    for (const port of [80, 8443]) {
      const other = traffic.request({ url: `https://example.com:${port}/`, entry: 'Accelerator' });
      expect(ends(other)).toEqual(['1 error Accelerator']);
      expect(factsOf(other)).toContain('GA-1');
    }
    expect(ends(traffic.request({ url, httpVersion: '3', entry: 'Accelerator' }))).toEqual(['1 error Accelerator']);
  });

  golden(
    'GA-1',
    `${GUIDE}/about-endpoints-endpoint-weights.html`,
    'an endpoint without a weight has 128 by the guide and 100 by another page, which matters beside others',
    () => {
      const shares = (weights: Record<string, number | undefined>) => {
        const answer = trafficOf(accelerator({ 'us-east-1': { weights } })).request({ url });
        return [answer.outcomes.map(({ share }) => share), answer.outcomes[0]!.quality];
      };
      expect(shares({ a: 128, b: undefined })).toEqual([[0.5, 0.5], 'undocumented']);
      expect(shares({ a: undefined, b: undefined })).toEqual([[0.5, 0.5], 'exact']);
      expect(shares({ a: 30, b: 10 })).toEqual([[0.75, 0.25], 'exact']);
    },
  );

  golden('GA-1', `${GUIDE}/about-endpoint-groups-traffic-dial.html`, 'dials of 0 everywhere are not documented', () => {
    const off = { dial: 0, weights: { off: 1 } };
    const answer = trafficOf(accelerator({ 'us-east-1': off, 'us-west-2': off })).request({
      url,
      clientRegion: 'us-east-1',
    });
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
  });

  golden(
    'GA-1',
    `${GUIDE}/preserve-client-ip-address.html`,
    "an Application Load Balancer sees the client's address by default, a Network Load Balancer if it is switched on",
    () => {
      const addressAt = (balancer: object, protocol: string, more: object = {}) => {
        const traffic = trafficOf({
          ...accelerator({}),
          Lb: balancer,
          Https: networkListener('Targets', { balancer: 'Lb', protocol }),
          Targets: group({ Protocol: protocol }),
          Group: {
            Type: 'AWS::GlobalAccelerator::EndpointGroup',
            Properties: {
              ListenerArn: { Ref: 'Listener' },
              EndpointGroupRegion: 'us-east-1',
              EndpointConfigurations: [{ EndpointId: { Ref: 'Lb' }, ...more }],
            },
          },
        });
        const answer = traffic.request({ url, entry: 'Accelerator', clientIp: '192.0.2.7' });
        expect(ends(answer)).toEqual(['1 target-group Targets']);
        return answer.outcomes[0]!.passage.request.address;
      };
      expect(addressAt(applicationBalancer(), 'HTTPS')).toBe('192.0.2.7');
      expect(addressAt(applicationBalancer(), 'HTTPS', { ClientIPPreservationEnabled: false })).toBeUndefined();
      expect(addressAt(networkBalancer(), 'TCP')).toBeUndefined();
      expect(addressAt(networkBalancer(), 'TCP', { ClientIPPreservationEnabled: true })).toBe('192.0.2.7');
    },
  );

  golden('GA-1', `${GUIDE}/about-endpoints.html`, "a balancer's own health decides for its endpoint", () => {
    const traffic = trafficOf({
      ...accelerator({ 'eu-west-1': { weights: { standby: 1 } } }),
      Nlb: networkBalancer(),
      Https: networkListener('Targets'),
      Targets: group(),
      Primary: {
        Type: 'AWS::GlobalAccelerator::EndpointGroup',
        Properties: {
          ListenerArn: { Ref: 'Listener' },
          EndpointGroupRegion: 'us-east-1',
          EndpointConfigurations: [{ EndpointId: { Ref: 'Nlb' } }],
        },
      },
    });
    const request = { url, entry: 'Accelerator', clientRegion: 'us-east-1' };
    expect(ends(traffic.request(request))).toEqual(['1 target-group Targets']);
    expect(ends(traffic.given('target-group=Targets').request(request))).toEqual(['1 address standby']);
  });
});
