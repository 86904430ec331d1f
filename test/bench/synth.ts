// Measures what a synthesis costs with this package, against the same resources without it, and prints a table and one line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentProblem } from '../python/environment';
import { type AppName, type CompiledApp, compileApps, runApp } from './compiled';
import type { Measurement } from './measure';

/** Numbers of Regions. */
const SIZES = [1, 2, 8, 16] as const;
const PAIRS = 11;
const APPS: AppName[] = ['package', 'plain'];

type Size = (typeof SIZES)[number];
type Medians = Record<AppName, Record<Size, Measurement>>;

/**
 * Measures both apps, in pairs and one process after another. A round takes every size once, and the next round begins each pair with the
 * other app, so that a busy machine is busy for all of them.
 */
function measureAll(apps: Record<AppName, CompiledApp>, folder: string): Medians {
  const all = SIZES.flatMap((size) => APPS.map((app) => ({ app, size, runs: [] as Measurement[] })));
  for (let round = 0; round < PAIRS; round++) {
    for (const size of SIZES) {
      for (const app of round % 2 === 0 ? APPS : [...APPS].reverse()) {
        const { file, imports } = apps[app];
        const outdir = mkdtempSync(join(folder, 'assembly-'));
        const measurement: Measurement = JSON.parse(runApp(file, size, outdir, imports));
        rmSync(outdir, { recursive: true });
        all.find((one) => one.app === app && one.size === size)!.runs.push(measurement);
      }
    }
  }
  const of = (app: AppName) =>
    Object.fromEntries(all.filter((one) => one.app === app).map(({ size, runs }) => [size, medians(runs)]));
  return { package: of('package') as Medians[AppName], plain: of('plain') as Medians[AppName] };
}

function medians(runs: Measurement[]): Measurement {
  const median = (pick: (run: Measurement) => number) => runs.map(pick).sort((a, b) => a - b)[(runs.length - 1) / 2]!;
  return { cpuMillis: median((run) => run.cpuMillis), peakMebibytes: median((run) => run.peakMebibytes) };
}

function table({ package: ours, plain }: Medians): string {
  const rows = SIZES.map((size) => [
    `${size}`,
    `${ours[size].cpuMillis.toFixed(0)} ms`,
    `${plain[size].cpuMillis.toFixed(0)} ms`,
    (ours[size].cpuMillis / plain[size].cpuMillis).toFixed(2),
    `${ours[size].peakMebibytes.toFixed(0)} MiB`,
    `${plain[size].peakMebibytes.toFixed(0)} MiB`,
    (ours[size].peakMebibytes / plain[size].peakMebibytes).toFixed(2),
  ]);
  const heads = ['Regions', 'package', 'plain', 'time', 'package', 'plain', 'memory'];
  return [heads, ...rows].map((row) => row.map((cell) => cell.padStart(9)).join('')).join('\n');
}

/** What is aimed at with 16 Regions: at most 1.10 of time and memory, and 2.4 of linearity, which is 15/7 for a straight line. */
function ratios({ package: ours, plain }: Medians): Record<string, number> {
  const rounded = (value: number) => Number(value.toFixed(3));
  const time = (size: Size) => ours[size].cpuMillis;
  return {
    time: rounded(ours[16].cpuMillis / plain[16].cpuMillis),
    memory: rounded(ours[16].peakMebibytes / plain[16].peakMebibytes),
    linearity: rounded((time(16) - time(1)) / (time(8) - time(1))),
  };
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-bench-'));
  try {
    console.log(
      `Medians of ${PAIRS} pairs of processes: the shop with this package, and the same resources without it`,
    );
    const measured = measureAll(compileApps(folder), folder);
    console.log(table(measured));
    console.log(`BENCH ${JSON.stringify({ name: 'synth', ratios: ratios(measured) })}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof EnvironmentProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
