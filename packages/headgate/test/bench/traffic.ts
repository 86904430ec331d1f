// Measures the built traffic model: requests a second, how long it takes to load and to explain, and the memory for it.
// Prints a table and one line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { largeTemplate } from './large-template';
import { compileProgram, runProgram, synthesizeReference } from './programs';
import type { Rates } from './rates';
import { balancerTemplate, ruleSet } from './rule-set';

const PACKAGE = join(__dirname, '..', '..');
const LIBRARY = join(PACKAGE, 'dist', 'index.js');
const COMMAND = join(PACKAGE, 'bin', 'headgate.js');
const ROUNDS = 11;
const URL = 'https://shop.example.com/orders/1?page=2';

interface Costs {
  readonly loadJson: number;
  readonly loadYaml: number;
  readonly explain: number;
  readonly peak: number;
}

function measureRates(assembly: string, folder: string): Rates {
  const balancer = (count: number) => {
    const file = join(folder, `rules-${count}.json`);
    writeFileSync(file, JSON.stringify(balancerTemplate(ruleSet(count))));
    return file;
  };
  const program = compileProgram('rates', folder);
  return JSON.parse(runProgram([program, LIBRARY, assembly, balancer(10), balancer(100)]).stdout);
}

/** One process after another, in turns, so that a busy machine is busy for all of them. */
function measureCosts(assembly: string, folder: string): Costs {
  const template = largeTemplate(assembly);
  const json = join(folder, 'large.json');
  const yaml = join(folder, 'large.yaml');
  writeFileSync(json, JSON.stringify(template, undefined, 1));
  writeFileSync(yaml, dump(template));
  const load = compileProgram('load', folder);
  const peak = compileProgram('peak', folder);
  const explain = [COMMAND, 'explain', assembly, '--url', URL];
  const runs = Array.from({ length: ROUNDS }, () => ({
    loadJson: Number(runProgram([load, LIBRARY, json]).stdout),
    loadYaml: Number(runProgram([load, LIBRARY, yaml]).stdout),
    explain: runProgram(explain).millis,
    peak: Number(runProgram(['--require', peak, ...explain]).aside),
  }));
  const median = (pick: (run: Costs) => number) => runs.map(pick).sort((a, b) => a - b)[(ROUNDS - 1) / 2]!;
  return {
    loadJson: median((run) => run.loadJson),
    loadYaml: median((run) => run.loadYaml),
    explain: median((run) => run.explain),
    peak: median((run) => run.peak),
  };
}

function table(rates: Rates, ratios: Record<string, number>, costs: Costs): string {
  const many = (value: number) => `${Math.round(value / 1_000).toLocaleString('en-US')},000 a second`;
  const rows = [
    ['requests, reference app', many(rates.reference), 'at least 1,000,000'],
    ['requests, 10 rules', many(rates.rules10), ''],
    ['requests, 100 rules', many(rates.rules100), ''],
    ['loop of expressions, 10 rules', many(rates.loop10), ''],
    ['loop of expressions, 100 rules', many(rates.loop100), ''],
    ['model against loop, 100 rules', ratios.vsLoopAt100Rules!.toFixed(2), 'at least 2'],
    ['time at 100 rules against 10', ratios.growth10To100!.toFixed(2), 'below 3'],
    ['load 1 MB of JSON', `${costs.loadJson.toFixed(0)} ms`, 'below 200'],
    ['load 1 MB of YAML', `${costs.loadYaml.toFixed(0)} ms`, 'below 1,500'],
    ['headgate explain, a process', `${costs.explain.toFixed(0)} ms`, 'below 400'],
    ['its memory at most', `${costs.peak.toFixed(0)} MiB`, ''],
  ];
  return rows.map(([what, value, aim]) => `${what!.padEnd(32)}${value!.padStart(20)}   ${aim}`.trimEnd()).join('\n');
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-bench-'));
  try {
    const assembly = synthesizeReference(folder);
    const rates = measureRates(assembly, folder);
    const costs = measureCosts(assembly, folder);
    const rounded = (value: number) => Number(value.toFixed(2));
    const ratios = {
      vsLoopAt100Rules: rounded(rates.rules100 / rates.loop100),
      growth10To100: rounded(rates.rules10 / rates.rules100),
    };
    console.log('Medians; requests by the second of processor time, the rest by the clock');
    console.log(table(rates, ratios, costs));
    const line = {
      name: 'traffic',
      requestsPerSecond: { reference: Math.round(rates.reference), rules100: Math.round(rates.rules100) },
      ratios,
      millis: {
        loadJson: Math.round(costs.loadJson),
        loadYaml: Math.round(costs.loadYaml),
        explain: Math.round(costs.explain),
      },
      peakMebibytes: Math.round(costs.peak),
    };
    console.log(`BENCH ${JSON.stringify(line)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
