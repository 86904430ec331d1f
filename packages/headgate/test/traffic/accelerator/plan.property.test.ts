import fc from 'fast-check';
import { trafficOf } from '../../support/traffic';

const SEED = { seed: 20_260_103, numRuns: 500 };
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2', 'sa-east-1'];

/** One that is newer than this package: the stack stands there, so that it is a Region. */
const NEW_REGION = 'xx-new-1';

const endpoint = fc.record({ weight: fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined }) });
const endpointGroup = fc.record({
  region: fc.constantFrom(...REGIONS),
  dial: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  endpoints: fc.array(endpoint, { maxLength: 4 }),
});
const groups = fc.uniqueArray(endpointGroup, { selector: ({ region }) => region, minLength: 1, maxLength: 5 });

test('the shares of an accelerator sum to 1, and each lies within its bounds, whatever is dialled, weighted or down', () => {
  const client = fc.option(fc.constantFrom(...REGIONS, 'eu-central-1', NEW_REGION), { nil: undefined });
  fc.assert(
    fc.property(groups, client, fc.subarray(REGIONS), (some, clientRegion, down) => {
      const resources = {
        A: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: {} },
        L: {
          Type: 'AWS::GlobalAccelerator::Listener',
          Properties: { AcceleratorArn: { Ref: 'A' }, PortRanges: [{ FromPort: 1, ToPort: 65535 }] },
        },
        ...Object.fromEntries(some.map((group, index) => [`G${index}`, resourceOf(group)])),
      };
      const traffic = trafficOf(resources, { region: NEW_REGION });
      const faults = down.map((region) => `region=${region}`);
      const request = { url: 'https://example.com/', ...(clientRegion === undefined ? {} : { clientRegion }) };
      const { outcomes } = traffic.given(...faults).request(request);
      expect(outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      for (const { share, min, max } of outcomes) {
        expect(share).toBeGreaterThan(0);
        expect(min).toBeLessThanOrEqual(share);
        expect(max).toBeGreaterThanOrEqual(share);
      }
    }),
    SEED,
  );
});

function resourceOf({
  region,
  dial,
  endpoints,
}: {
  region: string;
  dial?: number | undefined;
  endpoints: { weight?: number | undefined }[];
}) {
  return {
    Type: 'AWS::GlobalAccelerator::EndpointGroup',
    Properties: {
      ListenerArn: { Ref: 'L' },
      EndpointGroupRegion: region,
      ...(dial === undefined ? {} : { TrafficDialPercentage: dial }),
      EndpointConfigurations: endpoints.map(({ weight }, index) => ({
        EndpointId: `${region}-${index}`,
        ...(weight === undefined ? {} : { Weight: weight }),
      })),
    },
  };
}
