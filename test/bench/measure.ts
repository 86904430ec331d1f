import { App } from 'aws-cdk-lib';
import { REGIONS } from './regions';

/** What a child prints: the cost of one app, from its first construct to the last file of its assembly. */
export interface Measurement {
  readonly cpuMillis: number;
  /** The most that the process ever held, Node.js and imports included. */
  readonly peakMebibytes: number;
}

/** What an app is told. */
export interface ShopInput {
  readonly domain: string;
  readonly hostedZoneId: string;
  readonly regions: string[];
}

/**
 * Builds and synthesizes an app in this process, once, and prints what it cost. The arguments of the process are the number of Regions
 * and the folder of the assembly.
 */
export function measure(build: (app: App, input: ShopInput) => unknown): void {
  const [count, outdir] = process.argv.slice(2);
  const input = { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE', regions: REGIONS.slice(0, Number(count)) };
  const before = process.cpuUsage();
  const app = new App({ outdir });
  build(app, input);
  app.synth();
  const { user, system } = process.cpuUsage(before);
  const measurement: Measurement = {
    cpuMillis: (user + system) / 1_000,
    peakMebibytes: process.resourceUsage().maxRSS / 1_024,
  };
  console.log(JSON.stringify(measurement));
}
