/**
 * Writes the JSON Schemas that ship: `npx tsx packages/headgate/scripts/schemas.ts && npm run format`. A test fails if they are old.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lib/cli/json/schemas';

for (const [file, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(join(__dirname, '..', 'schema', file), `${JSON.stringify(schema, undefined, 2)}\n`);
}
