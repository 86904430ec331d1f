import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition, RawRequest, RawRule } from './rule-sets';

// Writes listener rules as HAProxy configuration, from the raw JSON of a template and from what AWS's documentation says of it. It
// imports nothing of the traffic model: what both agree on, two programs found by two ways.

/** What HAProxy says of a request: the rule that answered, and all that matched. */
export interface Verdict {
  /** The priority of the rule; 0 for none. */
  readonly first: number;
  readonly all: readonly number[];
}

/** A running HAProxy with one front end for each set of rules. */
export class HaProxy {
  private readonly agents = new Map<string, Agent>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly ports: readonly number[],
  ) {}

  static async start(sets: readonly (readonly RawRule[])[]): Promise<HaProxy> {
    const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
    const ports = await freePorts(sets.length);
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, render(sets, ports));
    const child = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`HAProxy ended: ${complaint.trim().split('\n').slice(0, 3).join(' ')}`);
    });
    const proxy = new HaProxy(child, folder, ports);
    try {
      await Promise.race([ended, listening(ports.at(-1)!)]);
    } catch (error) {
      proxy.stop();
      throw error;
    }
    ended.catch(() => undefined);
    return proxy;
  }

  /** Sends a request to the front end of a set. */
  async ask(set: number, asked: RawRequest): Promise<Verdict> {
    const target = asked.query === undefined ? asked.path : `${asked.path}?${asked.query}`;
    const sent = request({
      agent: this.agentOf(asked.address),
      host: '127.0.0.1',
      port: this.ports[set]!,
      method: asked.method,
      path: target,
      localAddress: asked.address,
      headers: { ...asked.headers, host: asked.host },
    });
    sent.end();
    const [response] = await once(sent, 'response');
    let body = '';
    for await (const part of response) body += part;
    const [first, all] = body.trim().split('|');
    return { first: Number(first), all: (all ?? '').split(',').filter(Boolean).map(Number) };
  }

  stop(): void {
    for (const agent of this.agents.values()) agent.destroy();
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private agentOf(address: string): Agent {
    let agent = this.agents.get(address);
    if (!agent) {
      agent = new Agent({ keepAlive: true, maxSockets: 8 });
      this.agents.set(address, agent);
    }
    return agent;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function listening(port: number): Promise<void> {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
  throw new Error('HAProxy does not listen after 10 s');
}

function render(sets: readonly (readonly RawRule[])[], ports: readonly number[]): string {
  const frontends = sets.map((rules, set) => {
    const ordered = [...rules].sort((a, b) => a.Priority - b.Priority);
    const acls = ordered.flatMap(({ Priority, Conditions }) =>
      Conditions.flatMap((condition, index) => linesOf(condition).map((line) => `  acl r${Priority}_${index} ${line}`)),
    );
    const when = ({ Priority, Conditions }: RawRule) => Conditions.map((_, index) => `r${Priority}_${index}`).join(' ');
    return [
      `frontend set${set}`,
      `  bind 127.0.0.1:${ports[set]}`,
      ...acls,
      '  http-request del-header x-all-matched',
      ...ordered.map(
        (rule) =>
          `  http-request set-header x-all-matched %[req.fhdr(x-all-matched)],${rule.Priority} if ${when(rule)}`,
      ),
      ...ordered.map((rule) => answer(rule.Priority, `if ${when(rule)}`)),
      answer(0, ''),
    ].join('\n');
  });
  return [
    'defaults',
    '  mode http',
    '  timeout client 10s',
    '  timeout connect 1s',
    '  timeout server 1s',
    ...frontends,
    '',
  ].join('\n');
}

function answer(priority: number, when: string): string {
  return `  http-request return status 200 content-type text/plain lf-string '${priority}|%[req.fhdr(x-all-matched)]' ${when}`;
}

/** The ACLs of a condition: those of one name are alternatives. */
function linesOf(condition: Condition): readonly string[] {
  const config = (key: string) => (condition[key] ?? condition) as Record<string, unknown>;
  const list = (from: Record<string, unknown>, key: string) => (from[key] ?? []) as string[];
  switch (condition.Field) {
    case 'path-pattern': {
      const { Values, RegexValues } = both(config('PathPatternConfig'));
      return [
        ...Values.map((value) => `path -m reg ${quote(glob(value))}`),
        ...RegexValues.map((value) => `path -m reg ${quote(value)}`),
      ];
    }
    case 'host-header': {
      const { Values, RegexValues } = both(config('HostHeaderConfig'));
      const host = 'req.fhdr(host) -i -m reg';
      return [
        ...Values.map((value) => `${host} ${quote(glob(value))}`),
        ...RegexValues.map((value) => `${host} ${quote(value)}`),
      ];
    }
    case 'http-request-method':
      return list(config('HttpRequestMethodConfig'), 'Values').map((value) => `method -m str ${value}`);
    case 'http-header': {
      const { HttpHeaderName, ...values } = config('HttpHeaderConfig');
      const { Values, RegexValues } = both(values);
      const header = `req.fhdr(${HttpHeaderName}) -i -m reg`;
      return [
        ...Values.map((value) => `${header} ${quote(glob(value))}`),
        ...RegexValues.map((value) => `${header} ${quote(value)}`),
      ];
    }
    case 'query-string': {
      const values = config('QueryStringConfig').Values as { Key?: string; Value: string }[];
      return values.map(({ Key, Value }) => `query -i -m reg ${quote(parameter(Key, Value))}`);
    }
    case 'source-ip':
      return [`src ${list(config('SourceIpConfig'), 'Values').join(' ')}`];
    default:
      throw new Error(`no rendering of ${condition.Field}`);
  }
}

function both(config: Record<string, unknown>) {
  return { Values: (config.Values ?? []) as string[], RegexValues: (config.RegexValues ?? []) as string[] };
}

function glob(pattern: string, any = '.'): string {
  return `^${wild(pattern, any)}$`;
}

function wild(pattern: string, any: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', `${any}*`)
    .replaceAll('?', any);
}

/** A pair anywhere in a query. Without a key, any key has the value. */
function parameter(key: string | undefined, value: string): string {
  const name = key === undefined ? '[^&=]*' : wild(key, '[^&=]');
  return `(^|&)${name}=${wild(value, '[^&]')}(&|$)`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
