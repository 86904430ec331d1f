import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Writes weighted and failover records as gdnsd configuration, from the raw JSON of a template. gdnsd checks every address by connecting
// to it, so what is healthy listens and what isn't does not. It imports nothing of the traffic model.

/** A record, as the Properties of an AWS::Route53::RecordSet. */
export interface RawRecord {
  readonly Name: string;
  readonly Type: 'A';
  readonly SetIdentifier: string;
  readonly Weight?: number;
  readonly Failover?: 'PRIMARY' | 'SECONDARY';
  /** One loopback address. */
  readonly ResourceRecords: readonly [string];
}

/** A running gdnsd that serves example.com. */
export class Gdnsd {
  private readonly resolver = new Resolver({ timeout: 2_000, tries: 3 });

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly servers: readonly Server[],
    port: number,
  ) {
    this.resolver.setServers([`127.0.0.1:${port}`]);
  }

  /** @param up the addresses that are healthy */
  static async start(records: readonly RawRecord[], up: ReadonlySet<string>): Promise<Gdnsd> {
    const folder = mkdtempSync(join(tmpdir(), 'gdnsd-'));
    const probed = await freePort();
    const servers = await Promise.all([...up].map((address) => listen(address, probed)));
    const port = await freeUdpPort();
    mkdirSync(join(folder, 'zones'));
    writeFileSync(join(folder, 'config'), configure(records, folder, port, probed));
    writeFileSync(join(folder, 'zones', 'example.com'), zone(records));
    const child = spawn('gdnsd', ['-c', folder, 'start'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const gdnsd = new Gdnsd(child, folder, servers, port);
    let said = '';
    try {
      await new Promise<void>((resolve, reject) => {
        const read = (text: string) => {
          said += text;
          if (said.includes('DNS listeners started')) resolve();
        };
        child.stdout?.setEncoding('utf8').on('data', read);
        child.stderr?.setEncoding('utf8').on('data', read);
        child.on('error', reject);
        child.on('exit', () => reject(new Error(`gdnsd ended: ${said.trim().split('\n').slice(-3).join(' ')}`)));
      });
    } catch (error) {
      gdnsd.stop();
      throw error;
    }
    return gdnsd;
  }

  /** How often each address is the answer. */
  async count(name: string, times: number): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (let asked = 0; asked < times; asked += 100) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => this.resolver.resolve4(name)));
      for (const [address] of answers) counts.set(address!, (counts.get(address!) ?? 0) + 1);
    }
    return counts;
  }

  stop(): void {
    this.child.kill('SIGKILL');
    for (const server of this.servers) server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function listen(address: string, port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, address);
  await once(server, 'listening');
  return server;
}

async function freePort(): Promise<number> {
  const server = await listen('127.0.0.1', 0);
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

function byName(records: readonly RawRecord[]): ReadonlyMap<string, readonly RawRecord[]> {
  const names = new Map<string, RawRecord[]>();
  for (const record of records) names.set(record.Name, [...(names.get(record.Name) ?? []), record]);
  return names;
}

/** The name of a record set in the configuration: its first label. */
const label = (name: string) => name.split('.')[0]!;

function configure(records: readonly RawRecord[], folder: string, port: number, probed: number): string {
  const sets = [...byName(records)];
  const weighted = sets.filter(([, members]) => members[0]!.Weight !== undefined);
  const failover = sets.filter(([, members]) => members[0]!.Failover !== undefined);
  return `options => { listen => 127.0.0.1:${port}, run_dir => ${folder}/run, state_dir => ${folder}/state }
service_types => {
  probed => { plugin => tcp_connect, port => ${probed}, interval => 10, timeout => 2, up_thresh => 1, down_thresh => 1 }
}
plugins => {
  weighted => {
    service_types => probed, up_thresh => 0.000001
${weighted.map(([name, members]) => `    ${label(name)} => {\n${members.map(weightOf).join('\n')}\n    }`).join('\n')}
  }
  simplefo => {
    service_types => probed
${failover.map(([name, members]) => `    ${label(name)} => { ${members.map(placeOf).join(', ')} }`).join('\n')}
  }
}
`;
}

function weightOf({ SetIdentifier, ResourceRecords, Weight }: RawRecord): string {
  return `      ${SetIdentifier} = [ ${ResourceRecords[0]}, ${Weight} ]`;
}

function placeOf({ Failover, ResourceRecords }: RawRecord): string {
  return `${Failover!.toLowerCase()} => ${ResourceRecords[0]}`;
}

function zone(records: readonly RawRecord[]): string {
  const lines = [...byName(records)].map(([name, [first]]) => {
    const plugin = first!.Weight === undefined ? 'simplefo' : 'weighted';
    return `${label(name)} 60 DYNA ${plugin}!${label(name)}`;
  });
  return ['@ SOA ns1 hostmaster ( 1 7200 30M 3D 60 )', '@ NS ns1', 'ns1 A 127.0.0.1', ...lines, ''].join('\n');
}
