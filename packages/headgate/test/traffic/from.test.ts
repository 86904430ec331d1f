import { join } from 'node:path';
import { Traffic } from '../../lib';
import { failure, scratch } from '../support/files';
import { ends } from '../support/traffic';

const files = scratch();

/** A balancer whose only listener answers with a status. */
const balancer = (status: unknown) => ({
  Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Lb' },
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: status } }],
    },
  },
});

const parameterized = {
  Parameters: { Status: { Type: 'String', Default: '404' } },
  Resources: balancer({ Ref: 'Status' }),
};

const manifest = {
  artifacts: {
    Shop: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/eu-west-1',
      properties: { templateFile: 'Shop.template.json' },
    },
  },
};

const REQUEST = { url: 'http://shop.example.com/' };

describe('an assembly', () => {
  const directory = files({ 'manifest.json': manifest, 'Shop.template.json': parameterized });

  test('is given by its folder, or as the CDK gives it', () => {
    for (const assembly of [directory, { directory }]) {
      expect(ends(Traffic.fromAssembly(assembly).request(REQUEST))).toEqual(['1 fixed-response Listener 404']);
    }
  });

  test('takes parameters, for all stacks or for one', () => {
    for (const name of ['Status', 'Shop/Status']) {
      const traffic = Traffic.fromAssembly(directory, { parameters: { [name]: '503' } });
      expect(ends(traffic.request(REQUEST))).toEqual(['1 fixed-response Listener 503']);
    }
  });

  test('has the Regions of its stacks', () => {
    const down = Traffic.fromAssembly(directory).given('region=eu-west-1');
    expect(ends(down.request(REQUEST))).toEqual(['1 error Lb']);
  });

  test('fails where there is none', () => {
    expect(failure(() => Traffic.fromAssembly(join(directory, 'nowhere')))).toMatch(/^HM1001 /);
    expect(failure(() => Traffic.fromAssembly(files({})))).toMatch(/^HM1010 .*has no manifest.json/);
  });
});

describe('templates', () => {
  test('are read together, and named like their files', () => {
    const folder = files({
      'lb.template.json': { Resources: balancer('200') },
      'dns.json': {
        Resources: {
          Record: {
            Type: 'AWS::Route53::RecordSet',
            Properties: { Name: 'shop.example.com', Type: 'A', ResourceRecords: ['192.0.2.1'], TTL: '60' },
          },
        },
      },
    });
    const traffic = Traffic.fromTemplates([join(folder, 'lb.template.json'), join(folder, 'dns.json')]);
    expect(traffic.templates.stacks.map(({ name }) => name)).toEqual(['lb', 'dns']);
    expect(ends(traffic.request(REQUEST))).toEqual(['1 address 192.0.2.1']);
    expect(ends(traffic.request({ ...REQUEST, entry: 'lb/Lb' }))).toEqual(['1 fixed-response Listener 200']);
  });

  test('have the Region that is given as a parameter', () => {
    const file = join(files({ 'lb.json': { Resources: balancer('200') } }), 'lb.json');
    const traffic = Traffic.fromTemplates([file], { parameters: { 'AWS::Region': 'us-east-2' } });
    expect(traffic.templates.stacks[0]!.region).toBe('us-east-2');
  });
});

describe('a template in memory', () => {
  test('needs nothing but itself', () => {
    const traffic = Traffic.fromTemplate(parameterized);
    const { name, region } = traffic.templates.stacks[0]!;
    expect([name, region]).toEqual(['Stack', undefined]);
    expect(ends(traffic.request(REQUEST))).toEqual(['1 fixed-response Listener 404']);
  });

  test('takes the name and the Region of its stack, and parameters', () => {
    const traffic = Traffic.fromTemplate(parameterized, {
      name: 'Shop',
      region: 'eu-west-1',
      account: '111122223333',
      parameters: { 'Shop/Status': '503' },
    });
    expect(ends(traffic.request({ ...REQUEST, entry: 'Shop/Lb' }))).toEqual(['1 fixed-response Listener 503']);
    expect(ends(traffic.given('region=eu-west-1').request(REQUEST))).toEqual(['1 error Lb']);
  });

  test('fails if it is none', () => {
    expect(failure(() => Traffic.fromTemplate([]))).toMatch(/^HM1002 Stack: isn't a template/);
  });
});

test('an answer can be written as JSON, without the templates that it was asked of', () => {
  const answer = Traffic.fromTemplate(parameterized, { name: 'Shop' }).request(REQUEST);
  expect(JSON.parse(JSON.stringify(answer))).toEqual({
    asked: REQUEST,
    outcomes: [
      {
        ...{ share: 1, min: 1, max: 1, quality: 'exact', status: 404 },
        destination: { type: 'fixed-response', id: 'Listener', stack: 'Shop' },
        trace: answer.outcomes[0]!.trace,
      },
    ],
    warnings: [],
  });
});
