import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  load,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  type TagDefinition,
  YAMLException,
} from 'js-yaml';
import { HeadgateError } from '../errors';
import { LIMITS } from './limits';
import { emptyMap } from './raw';

/** The short forms of functions: `!Sub` is `Fn::Sub`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
] as const;

function isCollection(key: unknown): boolean {
  return typeof key === 'object' && key !== null;
}

/** Mappings without prototype. Keys are texts, as in JSON. */
const plainMap = {
  create: () => emptyMap<unknown>(),
  addPair: (map: Record<string, unknown>, key: unknown, value: unknown) => {
    if (isCollection(key)) return 'a key must be a text';
    map[String(key)] = value;
    return '';
  },
  // Asked before a pair is added; what has no prototype can't become a text.
  has: (map: Record<string, unknown>, key: unknown) => !isCollection(key) && Object.hasOwn(map, String(key)),
  keys: (map: Record<string, unknown>) => Object.keys(map),
  get: (map: Record<string, unknown>, key: unknown) => map[String(key)],
  identify: () => false,
};

/** Booleans of YAML 1.1 without its single letters, which CloudFormation's parsers leave texts: `y` may be a header's value. */
const booleans = defineScalarTag(boolYaml11Tag.tagName, {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (source, isExplicit, tagName) =>
    source.length === 1 ? NOT_RESOLVED : boolYaml11Tag.resolve(source, isExplicit, tagName),
  identify: () => false,
});

/**
 * YAML 1.1 as CloudFormation reads it: `yes` is a boolean and `0755` an octal number, but a date stays the text that it is (as in
 * `AWSTemplateFormatVersion: 2010-09-09`).
 */
const SCHEMA = FAILSAFE_SCHEMA.withTags(
  nullYaml11Tag,
  booleans,
  intYaml11Tag,
  floatYaml11Tag,
  mergeTag,
  defineMappingTag(mapTag.tagName, plainMap),
  ...FUNCTIONS.map((name) => shortForm(`!${name}`, `Fn::${name}`)),
  shortForm('!Ref', 'Ref'),
  shortForm('!Condition', 'Condition'),
);

/** Parses YAML with the short forms of functions. Aliases come back as the same object in several places. */
export function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const quoted = error instanceof YAMLException ? quoteDashes(text) : text;
    if (quoted === text) throw yamlError(error, text, file);
    return parseQuoted(quoted, file);
  }
}

function parseQuoted(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw yamlError(error, text, file);
  }
}

function parse(text: string): unknown {
  return load(text, { schema: SCHEMA, maxDepth: LIMITS.depth });
}

/** `!Join [-, …]` isn't YAML in the strict sense, but CloudFormation takes it, and many templates have it. */
function quoteDashes(text: string): string {
  return text.replace(/((?:!|Fn::)(?:Join|Split)['"]?:?[ \t]*\[[ \t]*)-(?=[ \t]*,)/g, '$1"-"');
}

function shortForm(tag: string, name: string): TagDefinition[] {
  const wrap = (value: unknown) => {
    const map = emptyMap<unknown>();
    map[name] = value;
    return map;
  };
  return [
    defineScalarTag(tag, { resolve: (source) => wrap(source), identify: () => false }),
    defineSequenceTag(tag, {
      create: () => [] as unknown[],
      addItem: (list, item) => {
        list.push(item);
      },
      finalize: wrap,
      identify: () => false,
    }),
    defineMappingTag<Record<string, unknown>, unknown>(tag, {
      ...plainMap,
      keys: (map) => Object.keys(map as object),
      get: (map, key) => (map as Record<string, unknown>)[String(key)],
      finalize: wrap,
    }),
  ];
}

function yamlError(error: unknown, text: string, file: string): unknown {
  if (!(error instanceof YAMLException)) {
    // Too deep for the parser is told from what it can't read, which its documentation warns of.
    return error instanceof RangeError ? error : new HeadgateError('HM1003', `${file}: can't be read as YAML.`);
  }
  const line = error.mark?.line;
  const at = line === undefined ? file : `${file}:${line + 1}`;
  const tag = /^unknown (?:scalar|sequence|mapping) tag !<(.+)>$/.exec(error.reason)?.[1];
  if (tag) {
    return new HeadgateError(
      'HM1003',
      `${at}: ${tag} isn't a short form of a function, such as !Ref, !Sub or !GetAtt.`,
    );
  }
  if (error.reason.startsWith('duplicated mapping key')) {
    const key = /^[\s-]*([^:]{1,80}):/.exec(text.split('\n', (line ?? 0) + 1).at(-1) ?? '')?.[1];
    return new HeadgateError('HM1003', `${at}: ${key ? `the key '${key}'` : 'a key'} stands twice in one mapping.`);
  }
  const code = /maxDepth|maxTotalMergeKeys/.test(error.reason) ? 'HM1004' : 'HM1003';
  return new HeadgateError(code, `${at}: isn't valid YAML: ${error.reason}.`);
}
