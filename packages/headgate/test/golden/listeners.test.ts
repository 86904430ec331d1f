/** Worked examples of the user guide of Application Load Balancers: what listeners do before their rules decide. */

import { fixed, group, LB, listener, REF } from '../support/balancer';
import { golden } from '../support/golden';
import { ends, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const HTTPS = { Port: 443, Protocol: 'HTTPS' };

golden(
  'ALB-39',
  `${GUIDE}/listener-authenticate-users.html`,
  "clients come back from their login to /oauth2/idpresponse, which is the balancer's own",
  () => {
    const login = {
      Type: 'authenticate-oidc',
      Order: 1,
      AuthenticateOidcConfig: { AuthorizationEndpoint: 'https://login.example.com/authorize' },
    };
    const DefaultActions = [login, { ...fixed(200), Order: 2 }];
    const traffic = trafficOf({ ...LB, Listener: listener({ ...HTTPS, DefaultActions }) });
    const back = traffic.request({ url: 'https://example.com/oauth2/idpresponse?code=a&state=b' });
    expect(back.outcomes[0]!.quality).toBe('undocumented');
    expect(back.warnings).toEqual([
      "Stack/Listener: what the balancer answers at /oauth2/idpresponse isn't documented; the answer of the rules is assumed.",
    ]);
    const other = traffic.request({ url: 'https://example.com/oauth2' });
    expect([ends(other), other.outcomes[0]!.quality, other.warnings]).toEqual([
      ['1 redirect Listener 302 https://login.example.com/authorize'],
      'exact',
      [],
    ]);
  },
);

golden(
  'ALB-40',
  `${GUIDE}/load-balancer-listeners.html`,
  'listeners speak HTTP and HTTPS, and HTTP/2 with HTTPS alone',
  () => {
    const api = { Api: group({ ProtocolVersion: 'GRPC' }) };
    const DefaultActions = [{ Type: 'forward', TargetGroupArn: REF('Api') }];
    const traffic = trafficOf({
      ...LB,
      ...api,
      Listener: listener({ DefaultActions }),
      Secure: listener({ ...HTTPS, DefaultActions }),
    });
    const ask = (scheme: string, httpVersion: '2' | '3') =>
      traffic.request({ url: `${scheme}://example.com/`, httpVersion, method: 'POST' });
    expect(ends(ask('https', '2'))).toEqual(['1 target-group Api']);
    const plain = ask('http', '2');
    expect(ends(plain)).toEqual(['1 error Api 464']);
    expect(plain.outcomes[0]!.trace.map(({ because }) => because)).toContain(
      'HTTP/2 needs HTTPS: the client speaks HTTP/1.1',
    );
    expect(ends(ask('https', '3'))).toEqual(['1 error Secure']);
    expect(ends(ask('http', '3'))).toEqual(['1 error Listener']);
  },
);

golden(
  'ALB-41',
  `${GUIDE}/mutual-authentication.html`,
  'a listener that verifies certificates takes connections of trusted clients alone',
  () => {
    const ask = (Mode: string) => {
      const Listener = listener({ ...HTTPS, MutualAuthentication: { Mode, TrustStoreArn: REF('Store') } });
      return trafficOf({ ...LB, Listener }).request({ url: 'https://example.com/' });
    };
    const verified = ask('verify');
    expect(ends(verified)).toEqual(['1 fixed-response Listener 404']);
    expect(verified.outcomes[0]!.quality).toBe('exact');
    expect(verified.warnings).toEqual([
      'Stack/Listener (AWS::ElasticLoadBalancingV2::Listener): MutualAuthentication.Mode is verify: the client is taken to have a certificate that is trusted.',
    ]);
    expect(ask('passthrough').outcomes[0]!.quality).toBe('exact');
  },
);
