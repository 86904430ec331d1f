import { failuresOf, judgeCases } from '../../lib/cases';
import { fromObjects } from '../../lib/template';
import { Traffic } from '../../lib/traffic';
import { answerWith, group } from '../support/answers';

jest.mock('../../lib/traffic/compilers', () => ({
  COMPILERS: jest.requireActual('../support/made-compilers').MADE_COMPILERS,
}));

const RESOURCES = {
  Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
  Blue: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  Green: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Origins: [
          { Id: 'api', DomainName: 'a.example' },
          { Id: 'old.example.net', DomainName: 'old.example.net' },
        ],
      },
    },
  },
  Old: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: { S3Origin: { DNSName: 'b.example' }, DefaultCacheBehavior: { TargetOriginId: 'legacy' } },
    },
  },
  Record: {
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'Www.a.example.', Type: 'A', ResourceRecords: ['192.0.2.1', { Ref: 'AWS::StackId' }] },
  },
  Records: {
    Type: 'AWS::Route53::RecordSetGroup',
    Properties: { RecordSets: [{ Name: 'x.a.example', Type: 'A', AliasTarget: { DNSName: 'lb.example.org' } }] },
  },
  Endpoints: {
    Type: 'AWS::GlobalAccelerator::EndpointGroup',
    Properties: { EndpointConfigurations: [{ EndpointId: 'eipalloc-1' }] },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { DefaultActions: [{ Type: 'forward', TargetGroupArn: 'elsewhere' }] },
  },
  Acl: { Type: 'AWS::WAFv2::WebACL' },
  Check: { Type: 'AWS::Route53::HealthCheck' },
  Bucket: { Type: 'AWS::S3::Bucket' },
};
const templates = fromObjects([{ name: 'Shop', template: { Resources: RESOURCES } }]);

const answer = answerWith([
  { share: 0.6, to: group('Blue', 'Shop') },
  { share: 0.3, to: group('Blue', 'Shop-eu') },
  { share: 0.06, to: { type: 'redirect', id: 'Rule', stack: 'Shop' }, status: 301, location: 'https://a.example/' },
  { share: 0.04, to: { type: 'no-answer', id: 'a.example' } },
]);

type Expectations = Parameters<typeof failuresOf>[0];
const failures = (expect: Expectations) => failuresOf(expect, { ...answer, templates });

describe('what holds', () => {
  test.each<[string, Expectations]>([
    ['a share of an id, summed over stacks', [{ destination: 'Blue', share: 0.9 }]],
    ['a share of an id in one stack', [{ destination: 'Shop-eu/Blue', share: 0.3 }]],
    ['a share within its tolerance', [{ destination: 'Blue', share: 0.89, tolerance: 0.01 }]],
    ['a type', [{ type: 'no-answer', share: 0.04 }]],
    ['a status', [{ status: 301, share: 0.06 }]],
    ['a location', [{ location: 'https://a.example/', share: 0.06 }]],
    ['some, of several', [{ destination: 'Blue' }, { type: 'redirect' }]],
    ['nothing at all', [{ destination: 'Green', share: 0 }]],
    [
      'nothing at an origin',
      [
        { destination: 'api', share: 0 },
        { destination: 'Shop/api', share: 0 },
      ],
    ],
    ...[
      '192.0.2.1',
      'lb.example.org',
      'www.a.example',
      'shop.example.com',
      'old.example.net',
      'legacy',
      'eipalloc-1',
      'elsewhere',
      'Listener',
      'Shop/Acl',
      '${Bucket.DomainName}',
      '{{resolve:ssm:/name}}',
      'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/x/1',
    ].map((destination): [string, Expectations] => [`nothing at ${destination}`, [{ destination, share: 0 }]]),
    ['nothing that a web ACL blocks', [{ destination: 'Acl', type: 'blocked', share: 0 }]],
    [
      'all of a picture',
      [
        { destination: 'Blue', share: 0.9 },
        { status: 301, share: 0.06 },
        { type: 'no-answer', share: 0.04 },
      ],
    ],
  ])('%s', (_, expectations) => {
    expect(failures(expectations)).toEqual([]);
  });
});

describe('fails', () => {
  test.each<[string, Expectations, readonly string[]]>([
    ['the only expectation, of all', [{ destination: 'Blue' }], ['expected 100 % with destination Blue, got 90 %']],
    [
      'where one field of several differs',
      [{ destination: 'Blue', type: 'redirect', share: 0.9 }],
      ['expected 90 % with redirect, destination Blue, but Blue can only be target-group, error'],
    ],
    [
      'outside of the tolerance',
      [{ destination: 'Blue', share: 0.88, tolerance: 0.01 }],
      ['expected 88 % ± 1 % with destination Blue, got 90 %'],
    ],
    [
      'some, where there is none',
      [{ destination: 'Blue' }, { status: 503 }],
      ['expected some with status 503, got 0 %'],
    ],
    [
      'by less than percent show',
      [{ destination: 'Blue', share: 0.90001 }],
      [
        "expected 90 % (a share of 0.90001) with destination Blue, got a share of 0.8999999999999999; 'tolerance' says how far a share may be off",
      ],
    ],
    [
      'what a complete picture leaves out',
      [
        { destination: 'Shop/Blue', share: 0.65, tolerance: 0.05 },
        { destination: 'Shop-eu/Blue', share: 0.35, tolerance: 0.05 },
      ],
      ['expected nothing else, got 10 %'],
    ],
    [
      'a status where a target answers',
      [{ destination: 'Blue', status: 200 }],
      [
        'expected 100 % with destination Blue, status 200, got 0 %; a status never matches what a target or an origin answers',
      ],
    ],
    [
      'a share that is nearly right',
      [{ destination: 'Shop-eu/Blue', share: 0.3003 }],
      ["expected 30.03 % with destination Shop-eu/Blue, got 30 %; 'tolerance' says how far a share may be off"],
    ],
    [
      'a status that differs from that of the road, without a hint',
      [{ type: 'redirect', status: 302, share: 0.06 }],
      ['expected 6 % with redirect, status 302, got 0 %'],
    ],
    [
      'a path for a location',
      [{ location: '/new' }],
      [
        'expected 100 % with location /new, got 0 %; a location is a whole URL, such as https://shop.example.com:443/path',
      ],
    ],
    [
      'an id that is near no other',
      [{ destination: 'Payments' }],
      ['expected 100 % with destination Payments, but nothing in the templates has that id'],
    ],
    [
      'a misspelt id with its stack, and that of an origin',
      [{ destination: 'Shop/Bleu' }, { destination: 'aip' }],
      [
        'expected some with destination Shop/Bleu, but nothing in the templates has that id; did you mean Shop/Blue?',
        'expected some with destination aip, but nothing in the templates has that id; did you mean api?',
      ],
    ],
    [
      'a misspelt id, even where nothing is expected of it',
      [{ destination: 'Bleu', share: 0 }],
      ['expected 0 % with destination Bleu, but nothing in the templates has that id; did you mean Blue?'],
    ],
    [
      'a misspelt name or address, even where nothing is expected of it',
      [
        { destination: 'odl.example.net', share: 0 },
        { destination: '192.0.22.1', share: 0 },
      ],
      [
        'expected 0 % with destination odl.example.net, but nothing in the templates has that id; did you mean old.example.net?',
        'expected 0 % with destination 192.0.22.1, but nothing in the templates has that id; did you mean 192.0.2.1?',
      ],
    ],
    [
      'what is no destination, even where nothing is expected of it',
      [
        { destination: 'Check', share: 0 },
        { destination: 'Shop/Bucket', share: 0 },
      ],
      ['Check is an AWS::Route53::HealthCheck', 'Shop/Bucket is an AWS::S3::Bucket'].map(
        (what) =>
          `expected 0 % with destination ${what.split(' ')[0]}, but ${what}, where no request ends: destinations are target groups, origins, addresses, and what answers a request itself, such as listener rules and web ACLs`,
      ),
    ],
    [
      'a type that a destination never has, even where nothing is expected of it',
      [
        { destination: 'Cdn', type: 'target-group', share: 0 },
        { destination: 'api', type: 'address', share: 0 },
      ],
      [
        'expected 0 % with target-group, destination Cdn, but Cdn can only be redirect, blocked, error',
        'expected 0 % with address, destination api, but api can only be origin, error',
      ],
    ],
    [
      'the domain name of an origin in place of its id',
      [{ destination: 'a.example', type: 'origin', share: 0 }],
      ['expected 0 % with origin, destination a.example, but that is the domain name of an origin, whose id is api'],
    ],
  ])('%s', (_, expectations, messages) => {
    expect(failures(expectations)).toEqual(messages);
  });
});

test('the status of an error is told from that of the page in its place', () => {
  const page = { insteadOf: 403, path: '/error.html', from: 's3', isServed: true };
  const to = { type: 'blocked', id: 'Acl', stack: 'Shop' } as const;
  const paged = { ...answerWith([{ to, status: 200, page }]), templates };
  expect(failuresOf([{ type: 'blocked', status: 403 }], paged)).toEqual([
    'expected 100 % with blocked, status 403, got 0 %; the page /error.html takes the place of 403, so the viewer gets 200',
  ]);
  expect(failuresOf([{ type: 'blocked', status: 404 }], paged)).toEqual([
    'expected 100 % with blocked, status 404, got 0 %',
  ]);
  expect(failuresOf([{ type: 'blocked', status: 200 }], paged)).toEqual([]);
});

test('cases are judged in their situations', () => {
  const request = { url: 'http://a.example/x', entry: 'Lb' };
  const verdicts = [
    ...judgeCases(
      [
        { name: 'both', request, expect: [{ destination: 'Blue', share: 0.5 }] },
        { name: 'one', given: ['target-group=Blue'], request, expect: [{ destination: 'Green' }] },
        { name: 'wrong', given: ['target-group=Blue'], request, expect: [{ destination: 'Blue' }] },
      ],
      new Traffic(templates).given(),
      'c.yaml',
    ),
  ].map(({ name, passed, failures: messages }) => ({ name, passed, messages }));
  expect(verdicts).toEqual([
    { name: 'both', passed: true, messages: [] },
    { name: 'one', passed: true, messages: [] },
    { name: 'wrong', passed: false, messages: ['expected 100 % with destination Blue, got 0 %'] },
  ]);
});

test.each([
  [
    { given: ['target-group=Bleu'] },
    'HM2001',
    /^c\.yaml: cases\[0\]\.given of 'x': No resource has the id 'Bleu'; did you mean Blue\?/,
  ],
  [{ given: ['earthquake'] }, 'HM2003', /^c\.yaml: cases\[0\]\.given of 'x': The fault 'earthquake' isn't usable/],
  [{ request: { url: 'nowhere' } }, 'HM2004', /^c\.yaml: cases\[0\]\.request of 'x': 'nowhere' isn't a URL/],
  [
    { request: { url: 'http://a.example/', entry: 'Lbb' } },
    'HM2001',
    /^c\.yaml: cases\[0\]\.request of 'x': No resource has the id 'Lbb'; did you mean Lb\?/,
  ],
])('a case that can not be judged is an error that names its place: %j', (changes, code, message) => {
  const one = { name: 'x', request: { url: 'http://a.example/', entry: 'Lb' }, expect: [{ status: 503 }], ...changes };
  expect(() => [...judgeCases([one], new Traffic(templates), 'c.yaml')]).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test('a case of no file is named by its place alone', () => {
  const one = { name: 'x', request: { url: 'nowhere' }, expect: [{ status: 503 }] };
  expect(() => [...judgeCases([one], new Traffic(templates))]).toThrow(/^cases\[0\]\.request of 'x': 'nowhere'/);
});
