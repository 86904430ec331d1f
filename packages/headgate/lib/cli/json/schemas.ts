import * as z from 'zod';
import { CASE_FILE } from '../../cases';
import { CHECK } from './check';
import { EXPLAIN } from './explain';

/** The JSON Schemas that ship in `schema/`, by file name: what the command line prints, and what it takes. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return {
    'cases.schema.json': written(CASE_FILE, 'Case file of headgate', 'input'),
    'check.schema.json': written(CHECK, 'headgate check --json', 'output'),
    'explain.schema.json': written(EXPLAIN, 'headgate explain --json', 'output'),
  };
}

function written(schema: z.ZodType, title: string, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return { $schema, title, ...rest };
}
