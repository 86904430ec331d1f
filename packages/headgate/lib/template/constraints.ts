import { RE2JS } from 're2js';
import { HeadgateError } from '../errors';
import type { Raw, RawMap } from './raw';
import { asText } from './scope';
import type { Value } from './value';

/** A longer pattern isn't tried: CloudFormation documents no limit. */
const MAX_PATTERN = 1024;

/** What a parameter declares of its values. */
export interface Constrained {
  readonly raw: RawMap;
  readonly type: string;
  /** How messages name it. */
  readonly where: string;
  warn(warning: string): void;
  /** Takes from what the templates may ask for in all: a short pattern can be large. */
  spend(amount: number): void;
}

/**
 * Refuses the values that CloudFormation refuses: of a list, each item counts.
 *
 * @param items the value, or the items of a list
 * @throws HeadgateError HM1007
 */
export function requireConstraints(items: readonly string[], parameter: Constrained): void {
  for (const item of items) {
    const broken = brokenBy(item, parameter);
    if (broken === undefined) continue;
    const { ConstraintDescription: description } = parameter.raw;
    const why = typeof description === 'string' && description !== '' ? ` (${description})` : '';
    throw new HeadgateError('HM1007', `${parameter.where} must ${broken}, got '${item}'${why}.`);
  }
}

/** What a value doesn't fulfil; undefined if all is well. */
function brokenBy(item: string, parameter: Constrained): string | undefined {
  const { raw, type, where } = parameter;
  if (/^(Number|List<Number>)$/.test(type) && (item.trim() === '' || !Number.isFinite(Number(item))))
    return 'be a number';
  if (Array.isArray(raw.AllowedValues)) {
    const allowed = raw.AllowedValues.map((value) => textOf(value, 'AllowedValues', where));
    if (!allowed.includes(item)) return `be one of ${allowed.slice(0, 20).join(', ')}`;
  }
  if (type === 'Number') return outOf(Number(item), 'Value', '', parameter);
  if (type === 'String')
    return outOf([...item].length, 'Length', ' characters', parameter) ?? mismatch(item, parameter);
  return type === 'CommaDelimitedList' ? mismatch(item, parameter) : undefined;
}

function outOf(value: number, what: string, unit: string, { raw, where }: Constrained): string | undefined {
  const be = unit === '' ? 'be' : 'have';
  const least = limit(raw[`Min${what}`], `Min${what}`, where);
  if (least !== undefined && value < least) return `${be} at least ${least}${unit}`;
  const most = limit(raw[`Max${what}`], `Max${what}`, where);
  return most !== undefined && value > most ? `${be} at most ${most}${unit}` : undefined;
}

function limit(raw: Raw | undefined, name: string, where: string): number | undefined {
  if (raw === undefined || raw === null) return undefined;
  const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new HeadgateError('HM1002', `${where} must have a number as its ${name}.`);
}

/** The pattern has to match the whole value, as CloudFormation has it, with or without anchors. */
function mismatch(item: string, { raw, where, warn, spend }: Constrained): string | undefined {
  const pattern = raw.AllowedPattern;
  if (pattern === undefined || pattern === null) return undefined;
  if (typeof pattern !== 'string')
    throw new HeadgateError('HM1002', `${where} must have a text as its AllowedPattern.`);
  const compiled = compile(pattern);
  if (!compiled) {
    warn(`${where} has the AllowedPattern ${pattern}, which can't be tried here: '${item}' counts as allowed.`);
    return undefined;
  }
  spend(compiled.programSize());
  return compiled.matches(item) ? undefined : `match ${pattern}`;
}

/** CloudFormation's expressions are Java's; undefined for what the engine doesn't take, or takes for something else. */
function compile(pattern: string): RE2JS | undefined {
  try {
    return pattern.length > MAX_PATTERN || combinesClasses(pattern) ? undefined : RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether a class of characters has others inside, as `[a-z&&[^x]]` has in Java alone. */
function combinesClasses(pattern: string): boolean {
  let isInside = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (isInside && (character === '[' || pattern.startsWith('&&', at))) return true;
    else if (character === '[') isInside = true;
    else if (character === ']') isInside = false;
  }
  return false;
}

function textOf(value: Raw, name: string, where: string): string {
  const text = asText(value as Value);
  if (text === undefined) throw new HeadgateError('HM1002', `${where} must have texts as its ${name}.`);
  return text.toString();
}
