import { HeadgateError } from '../errors';
import { parseJson } from './json';
import { LIMITS } from './limits';
import { isRawMap, type RawMap, toRaw } from './raw';
import { refuseManyResources } from './resource-limit';
import { parseYaml } from './yaml';

/**
 * Parses a text of JSON or YAML, whichever it is, whose outermost value is a mapping.
 *
 * @throws HeadgateError HM1002 to HM1004.
 */
export function parseDocument(text: string, file: string): RawMap {
  const content = text.trimStart();
  if (content === '') throw new HeadgateError('HM1002', `${file}: is empty.`);
  const json = content.startsWith('{') || content.startsWith('[');
  refuseTooMany(text, json ? '[{,' : '[{,-:?\n', file);
  try {
    const parsed = json ? parseJsonOrFlow(text, file) : parseYaml(text, file);
    refuseManyResources(parsed, file);
    const raw = toRaw(parsed, file);
    if (!isRawMap(raw)) throw new HeadgateError('HM1002', `${file}: isn't a template: it must hold a mapping.`);
    return raw;
  } catch (error) {
    // The parsers call themselves at each level.
    if (error instanceof RangeError) throw new HeadgateError('HM1004', `${file}: is nested too deep to be read.`);
    throw error;
  }
}

/** A mapping of YAML may begin like JSON. */
function parseJsonOrFlow(text: string, file: string): unknown {
  try {
    return parseJson(text, file);
  } catch (error) {
    if (!/\.ya?ml$/i.test(file) || !(error instanceof HeadgateError)) throw error;
    if (error.code !== 'HM1003' || error.message.includes('stands twice')) throw error;
    return parseYaml(text, file);
  }
}

/** The parsers take some 100 bytes for each value, so they must not even start with too many. There are no more values than marks. */
function refuseTooMany(text: string, marks: string, file: string): void {
  if (text.length <= LIMITS.nodes) return;
  const codes = new Set([...marks].map((mark) => mark.charCodeAt(0)));
  let count = 0;
  for (let at = 0; at < text.length; at++) if (codes.has(text.charCodeAt(at))) count++;
  if (count > LIMITS.nodes) {
    throw new HeadgateError('HM1004', `${file}: has more than ${LIMITS.nodes} values.`);
  }
}
