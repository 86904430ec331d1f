/** Worked examples of the developer guide of CloudFront: how viewers connect, and whom a distribution serves. */

import { distribution } from '../support/edge';
import { golden } from '../support/golden';
import { ends, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const url = 'https://shop.example.com/';

golden(
  'CF-19',
  `${GUIDE}/distribution-working-with.websockets.html`,
  'viewers connect to port 80 without TLS and to port 443 with it; of other ports nothing is documented',
  () => {
    const at = (from: string) => trafficOf({ Dist: distribution() }).request({ url: from }).outcomes[0]!;
    const seen = (from: string) => [at(from).destination.type, at(from).status, at(from).quality];
    expect(seen('http://shop.example.com/')).toEqual(['origin', null, 'exact']);
    expect(seen('https://shop.example.com/')).toEqual(['origin', null, 'exact']);
    expect(seen('https://shop.example.com:8443/')).toEqual(['error', null, 'undocumented']);
    expect(seen('https://shop.example.com:80/')).toEqual(['error', null, 'undocumented']);
    expect(seen('http://shop.example.com:443/')).toEqual(['error', null, 'undocumented']);
  },
);

golden(
  'CF-20',
  'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html',
  'viewers use the best version of HTTP that the distribution speaks too',
  () => {
    const spoken = (HttpVersion: unknown, httpVersion: '1.1' | '2' | '3') => {
      const [end] = trafficOf({ Dist: distribution({ HttpVersion }) }).request({ url, httpVersion }).outcomes;
      const fallen = end!.trace.find(({ facts }) => facts.includes('CF-20'));
      return [end!.quality, fallen?.because.replace("it doesn't speak ", '')];
    };
    const twoToOne = 'HTTP/2, so the viewer falls back to HTTP/1.1';
    const threeToOne = 'HTTP/3, so the viewer falls back to HTTP/1.1';
    const threeToTwo = 'HTTP/3, so the viewer falls back to HTTP/2';
    expect(spoken('http1.1', '2')).toEqual(['exact', twoToOne]);
    expect(spoken('http1.1', '3')).toEqual(['exact', threeToOne]);
    expect(spoken('http2', '3')).toEqual(['exact', threeToTwo]);
    expect(spoken('http3', '2')).toEqual(['exact', twoToOne]);
    expect(spoken('http3', '3')).toEqual(['exact', undefined]);
    expect(spoken('http2and3', '2')).toEqual(['exact', undefined]);
    expect(spoken('http2and3', '3')).toEqual(['exact', undefined]);
    expect(spoken('http1.1', '1.1')).toEqual(['exact', undefined]);
  },
);

golden(
  'CF-21',
  `${GUIDE}/mtls-authentication.html`,
  'where mutual TLS is required, a viewer is served if it shows a certificate that is trusted',
  () => {
    const asked = (ViewerMtlsConfig: unknown, from = url) =>
      trafficOf({ Dist: distribution({ ViewerMtlsConfig }) }).request({ url: from });
    const seen = (answer: ReturnType<typeof asked>) => [
      ends(answer),
      answer.outcomes[0]!.quality,
      answer.warnings.length,
    ];
    for (const mtls of [{ Mode: 'required' }, {}, { Mode: { Ref: 'Mode' } }, { Ref: 'Mtls' }]) {
      expect(seen(asked(mtls))).toEqual([['1 origin a'], 'exact', 1]);
    }
    expect(seen(asked({ Mode: 'optional' }))).toEqual([['1 origin a'], 'exact', 0]);
    expect(seen(asked({ Mode: 'required' }, 'http://shop.example.com/'))).toEqual([['1 origin a'], 'exact', 0]);
  },
);

golden(
  'CF-22',
  'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionTenant.html',
  'a multi-tenant distribution serves the domains of its tenants alone, in a way that only they tell',
  () => {
    const tenant = (more: object) => ({
      Type: 'AWS::CloudFront::DistributionTenant',
      Properties: { DistributionId: { Ref: 'Dist' }, Name: 't', ...more },
    });
    const asked = (from: string, tenants: object) => {
      const dist = distribution({ ConnectionMode: 'tenant-only' });
      const answer = trafficOf({ Dist: dist, ...tenants }).request({ url: from, entry: 'Dist' });
      expect(answer.outcomes[0]!.quality).toBe('undocumented');
      expect(answer.warnings.join()).toContain('Stack/Dist has tenants');
      return ends(answer);
    };
    const known = {
      One: tenant({ Domains: ['shop.example.com'] }),
      Off: tenant({ Domains: ['off.example.com'], Enabled: false }),
    };
    expect(asked(url, known)).toEqual(['1 origin a']);
    expect(asked('https://off.example.com/', known)).toEqual(['1 blocked Dist 403']);
    expect(asked('https://d111111abcdef8.cloudfront.net/', known)).toEqual(['1 blocked Dist 403']);
    expect(asked('https://www.example.com/', { Some: tenant({ Domains: [{ Ref: 'Domain' }] }) })).toEqual([
      '1 origin a',
    ]);
    expect(asked(url, {})).toEqual(['1 origin a']);
  },
);
