import { printableJson } from '../printable';
import { drawAnswer } from '../render/answer';
import { readTemplates } from '../template';
import { Traffic } from '../traffic';
import type { Command } from './command';
import { styleOf } from './io';
import { REQUEST_OPTIONS, readParameters, readPaths, readRequestOptions, TEMPLATE_OPTIONS } from './values';

/** Says where one request goes, and why. */
export const explain: Command = {
  name: 'explain',
  summary: 'where a request goes, with which probability, and why',
  usage: 'headgate explain PATH… --url URL [OPTIONS]',
  options: {
    ...REQUEST_OPTIONS,
    fault: { value: 'FAULT', repeats: true, text: 'something that is broken, see below' },
    ...TEMPLATE_OPTIONS,
    json: { text: 'print JSON, as schema/explain.schema.json has it' },
  },
  notes: [
    'PATH is a cloud assembly, such as cdk.out, or a template. ID is a logical id, or STACK/ID where several stacks have it.',
    'FAULT is region=us-east-1, az=us-east-1a, target-group=ID (all its targets are unhealthy), targets=ID:2/6 (2 of 6 are healthy), health-check=ID or origin=NAME:503. It is the settled state: health checks and DNS have reacted.',
    'Ids in the road such as ALB-20 are facts: what AWS documents and the step rests on. dist/facts.md in this package, and https://github.com/cdk-headgate/cdk-headgate/blob/main/docs/facts.md, say each in words and name its source.',
  ],
  async run(args, io) {
    const paths = readPaths(args, 'explain', io);
    const asked = readRequestOptions(args);
    const templates = readTemplates(paths, { parameters: readParameters(args) });
    const answer = new Traffic(templates).given(...args.all('fault')).request(asked);
    if (args.has('json')) {
      // What only some calls need is loaded for them alone: most of the time that a call takes is loading.
      const { explainJson } = await import('./json/explain');
      io.out(`${printableJson(explainJson(answer))}\n`);
    } else {
      io.out(drawAnswer(answer, styleOf(io)));
    }
    return 0;
  },
};
