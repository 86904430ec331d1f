import { join } from 'node:path';
import { Traffic } from '../../lib/traffic';
import { failure } from '../support/files';
import { trafficOf } from '../support/traffic';

const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
const group = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} };
const traffic = trafficOf({ Lb: balancer, Blue: group, Green: group });
const url = 'http://shop.example.com/';
const SHOP = join(__dirname, '..', '..', 'examples', 'shop.yaml');

// The types refuse all of these: they are for callers in JavaScript.
const request = traffic.request.bind(traffic) as (options?: unknown) => unknown;
const given = traffic.given.bind(traffic) as (...faults: unknown[]) => unknown;
const fromAssembly = Traffic.fromAssembly as (assembly?: unknown, options?: unknown) => unknown;
const fromTemplates = Traffic.fromTemplates.bind(Traffic) as (paths?: unknown, options?: unknown) => unknown;
const fromTemplate = Traffic.fromTemplate as (template?: unknown, options?: unknown) => unknown;

describe('a request fails for', () => {
  test.each<[unknown, string]>([
    [undefined, "it must be options such as { url: 'https://shop.example.com/path' }, got undefined."],
    [url, `it must be options such as { url: 'https://shop.example.com/path' }, got '${url}'.`],
    [[url], "it must be options such as { url: 'https://shop.example.com/path' }, got a list."],
    [{}, "url is missing: write url: 'https://shop.example.com/path'."],
    [{ ulr: url }, "it has no option 'ulr'; did you mean url?"],
    [{ url, mehtod: 'POST' }, "it has no option 'mehtod'; did you mean method?"],
    [{ url, body: 'x' }, "it has no option 'body'; there are url, method, headers, cookies, clientIp,"],
    [{ url: new URL(url) }, "url must be a text, such as 'https://shop.example.com/path', got a URL object."],
    [{ url: undefined }, "url must be a text, such as 'https://shop.example.com/path', got undefined."],
    [{ url, method: 5 }, "method must be a text, such as 'GET', got 5."],
    ...[5, 'foo', '198.51.100.0/24', '1.2.3.999', ' 1.2.3.4', 'fe80::1%eth0', ''].map((clientIp): [unknown, string] => [
      { url, clientIp },
      `clientIp must be an IPv4 or IPv6 address such as '192.0.2.1', got ${clientIp === 5 ? 5 : `'${clientIp}'`}.`,
    ]),
    [{ url, clientRegion: ['us-east-1'] }, "clientRegion must be a text, such as 'eu-west-1', got a list."],
    [{ url, clientRegion: 'us-esat-1' }, "clientRegion 'us-esat-1' isn't a Region; did you mean us-east-1?"],
    [{ url, clientRegion: '' }, "clientRegion '' isn't a Region."],
    ...['Germany', 'ZZ', 'XX'].map((clientCountry): [unknown, string] => [
      { url, clientCountry },
      `clientCountry must be the two letters of a country in ISO 3166, such as DE, got '${clientCountry}'.`,
    ]),
    [
      { url, clientCountry: 'uk' },
      "clientCountry must be the two letters of a country in ISO 3166: GB for United Kingdom, got 'uk'.",
    ],
    [{ url, httpVersion: 2 }, "httpVersion must be one of '1.0', '1.1', '2', '3', got 2."],
    [{ url, entry: null }, 'entry must be a text, an id or STACK/ID, got null.'],
    [{ url, headers: { a: 1 } }, "headers['a'] must be a text, such as '1', got 1."],
    [
      { url, headers: new Map([['a', '1']]) },
      "headers must be an object of names and texts, such as { name: 'value' }, got a Map object.",
    ],
    [
      { url, headers: ['a: 1'] },
      "headers must be an object of names and texts, such as { name: 'value' }, got a list.",
    ],
    [{ url, cookies: 'a=b' }, "cookies must be an object of names and texts, such as { name: 'value' }, got 'a=b'."],
    [{ url, cookies: { a: null } }, "cookies['a'] must be a text, such as '1', got null."],
  ])('%p', (options, message) => {
    expect(failure(() => request(options))).toContain(`HM2004 The request isn't usable: ${message}`);
  });
});

test('an option that is undefined counts as left out', () => {
  expect(() =>
    request({ url, method: undefined, headers: undefined, cookies: undefined, clientRegion: undefined }),
  ).not.toThrow();
});

test('a Region that is newer than this package is one if a stack stands in it', () => {
  const ahead = trafficOf({ Lb: balancer }, { region: 'eu-moon-1' });
  expect(() => ahead.request({ url, clientRegion: 'eu-moon-1' })).not.toThrow();
  expect(failure(() => ahead.request({ url, clientRegion: 'eu-moon-2' }))).toMatch(
    /^HM2004 .*did you mean eu-moon-1\?$/,
  );
});

describe('the cookie AWSALBTG', () => {
  const stuck = (value: string) => () => traffic.request({ url, cookies: { AWSALBTG: value } });

  test.each(['Blue', 'Stack/Green', 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/x/1', '${Group}'])(
    'names a group: %s',
    (value) => {
      expect(stuck(value)).not.toThrow();
    },
  );

  test.each([
    ['Bleu', "'Bleu'; did you mean Blue? There are: Stack/Blue, Stack/Green."],
    ['Lb', "'Lb'. There are: Stack/Blue, Stack/Green."],
    ['Other/Blue', "'Other/Blue'. There are: Stack/Blue, Stack/Green."],
  ])('fails for %s, which is none', (value, message) => {
    expect(failure(stuck(value))).toBe(`HM2001 The cookie AWSALBTG names no target group: ${message}`);
  });

  test('fails in a Cookie header too, and where there are no groups', () => {
    const headers = { Cookie: 'a=b; AWSALBTG=x' };
    expect(failure(() => trafficOf({ Lb: balancer }).request({ url, headers }))).toBe(
      "HM2001 The cookie AWSALBTG names no target group: 'x'. There are none.",
    );
  });
});

describe('faults fail for', () => {
  test.each<[unknown, string]>([
    [['region=us-east-1'], 'got a list: write given(...faults).'],
    [5, 'got 5.'],
    [{}, 'got an object.'],
    [undefined, 'got undefined.'],
  ])('%p', (fault, message) => {
    expect(failure(() => given(fault))).toBe(
      `HM2003 A fault must be a text such as 'region=us-east-1', or a Fault, ${message}`,
    );
  });
});

describe('templates fail for', () => {
  const paths = 'HM1001 The paths of templates must be a list of';

  test.each<[string, () => unknown, string]>([
    ['a path alone', () => fromTemplates('x.yaml'), `${paths} texts: write ['x.yaml'].`],
    ['no list', () => fromTemplates(), `${paths} texts such as ['cdk.out'], got undefined.`],
    ['an empty list', () => fromTemplates([]), `${paths} at least one, such as ['cdk.out'].`],
    ['a number in the list', () => fromTemplates([5]), `${paths} texts such as ['cdk.out'], got one with 5.`],
    ['no assembly', () => fromAssembly(), 'HM1001 The assembly must be what app.synth() gives, or the path of its'],
    ['an empty assembly', () => fromAssembly({}), "folder such as 'cdk.out', got an object."],
    ['several assemblies', () => fromAssembly(['a', 'b']), 'got a list: fromTemplates() takes several paths.'],
    ['no template', () => fromTemplate(), "HM1002 Stack: isn't a template: it must be a mapping."],
    ['the path of a template', () => fromTemplate('x.yaml'), "HM1002 Stack: isn't a template: it must be a mapping."],
  ])('%s', (_, make, message) => {
    expect(failure(make)).toContain(message);
  });

  test.each<[unknown, string]>([
    [{ params: {} }, "The options have no 'params'; there are parameters."],
    [{ paramaters: {} }, "The options have no 'paramaters'; did you mean parameters?"],
    [{ parameters: 'Stage=live' }, "must have an object of names and texts as 'parameters', got 'Stage=live'."],
    [{ parameters: new Map() }, "must have an object of names and texts as 'parameters', got a Map object."],
    [{ parameters: { Stage: 5 } }, "The options must have a text as parameter 'Stage', got 5."],
    [
      { parameters: { Stgae: 'live' } },
      "parameter 'Stgae': no template has it; did you mean Stage? There are: Stage, CanaryWeight.",
    ],
    ['Stage=live', "The options must be an object such as { parameters: { Stage: 'live' } }, got 'Stage=live'."],
    [null, "The options must be an object such as { parameters: { Stage: 'live' } }, got null."],
  ])('the options %p', (options, message) => {
    expect(failure(() => fromTemplates([SHOP], options))).toMatch(/^HM1007 /);
    expect(failure(() => fromTemplates([SHOP], options))).toContain(message);
  });

  test('the options of a template in memory', () => {
    expect(failure(() => fromTemplate({ Resources: {} }, { region: 5 }))).toBe(
      "HM1007 The options must have a text as 'region', got 5.",
    );
    expect(failure(() => fromTemplate({ Resources: {} }, { region: 'eu-wset-1' }))).toBe(
      "HM1007 The options must have a Region such as 'eu-west-1' as 'region', got 'eu-wset-1'.",
    );
    expect(failure(() => fromTemplate({ Resources: {} }, { account: '12' }))).toBe(
      "HM1007 The options must have twelve digits as 'account', got '12'.",
    );
    expect(failure(() => fromTemplate({ Resources: {} }, { regoin: 'us-east-1' }))).toBe(
      "HM1007 The options have no 'regoin'; did you mean region?",
    );
  });
});
