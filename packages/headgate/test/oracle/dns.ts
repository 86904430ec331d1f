import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fromObjects } from '../../lib/template';
import { Fault, Traffic } from '../../lib/traffic';
import { Gdnsd, type RawRecord } from './gdnsd';

const QUERIES = 4_000;
/** Five standard deviations of a share of a half: by chance, one of three million correct answers is farther off. */
const TOLERANCE = 5 * Math.sqrt(0.25 / QUERIES);

const address = (host: number) => `127.0.3.${host}`;
const publicAddress = ({ ResourceRecords }: RawRecord) => ResourceRecords[0].replace('127.0.3.', '192.0.2.');
const weighted = (name: string, ...weights: readonly [id: string, host: number, weight: number][]): RawRecord[] =>
  weights.map(([SetIdentifier, host, Weight]) => ({
    Name: `${name}.example.com`,
    Type: 'A',
    SetIdentifier,
    Weight,
    ResourceRecords: [address(host)],
  }));
const failover = (name: string, primary: number, secondary: number): RawRecord[] => [
  {
    Name: `${name}.example.com`,
    Type: 'A',
    SetIdentifier: 'one',
    Failover: 'PRIMARY',
    ResourceRecords: [address(primary)],
  },
  {
    Name: `${name}.example.com`,
    Type: 'A',
    SetIdentifier: 'two',
    Failover: 'SECONDARY',
    ResourceRecords: [address(secondary)],
  },
];

/** Hosts 1 to 4 are healthy, 5 to 8 are not. */
const UP = new Set([1, 2, 3, 4].map(address));
const RECORDS = [
  ...weighted('split', ['a', 1, 90], ['b', 2, 10]),
  ...weighted('thirds', ['a', 1, 1], ['b', 2, 1], ['c', 3, 1]),
  ...weighted('one-down', ['a', 1, 60], ['b', 5, 30], ['c', 2, 10]),
  ...weighted('most-down', ['a', 5, 200], ['b', 6, 54], ['c', 3, 1]),
  ...weighted('all-down', ['a', 5, 3], ['b', 6, 1]),
  ...failover('both-up', 1, 2),
  ...failover('primary-down', 5, 2),
  ...failover('secondary-down', 1, 6),
  ...failover('both-down', 7, 8),
];
const NAMES = [...new Set(RECORDS.map(({ Name }) => Name))];

/** The same records as a template, each with a health check: of a public address, as Route 53 reaches no others. */
function traffic(): Traffic {
  const id = ({ Name, SetIdentifier }: RawRecord) => `${Name}${SetIdentifier}`.replace(/[^A-Za-z0-9]/g, '');
  const Resources = Object.fromEntries(
    RECORDS.flatMap((record) => [
      [
        `Check${id(record)}`,
        {
          Type: 'AWS::Route53::HealthCheck',
          Properties: { HealthCheckConfig: { Type: 'TCP', IPAddress: publicAddress(record), Port: 80 } },
        },
      ],
      [
        `Record${id(record)}`,
        {
          Type: 'AWS::Route53::RecordSet',
          Properties: { ...record, HostedZoneId: 'Z1', TTL: 60, HealthCheckId: { Ref: `Check${id(record)}` } },
        },
      ],
    ]),
  );
  const down = RECORDS.filter(({ ResourceRecords }) => !UP.has(ResourceRecords[0]));
  const model = new Traffic(fromObjects([{ name: 'Dns', region: 'us-east-1', template: { Resources } }]));
  return model.given(...down.map((record) => Fault.healthCheck(`Check${id(record)}`)));
}

describe('weighted and failover records answer as in gdnsd', () => {
  let gdnsd: Gdnsd;
  before(async () => {
    gdnsd = await Gdnsd.start(RECORDS, UP);
  });
  after(() => gdnsd?.stop());

  for (const name of NAMES) {
    test(name, async () => {
      const counts = await gdnsd.count(name, QUERIES);
      const { outcomes } = traffic().request({ url: `http://${name}/` });
      const shares = new Map(outcomes.map(({ destination, share }) => [destination.id, share]));
      for (const found of new Set([...counts.keys(), ...shares.keys()])) {
        const real = (counts.get(found) ?? 0) / QUERIES;
        const model = shares.get(found) ?? 0;
        assert.ok(Math.abs(real - model) <= TOLERANCE, `${found}: gdnsd ${real}, model ${model}`);
        assert.equal(real > 0, model > 0, `${found}: gdnsd ${real}, model ${model}`);
      }
    });
  }
});
