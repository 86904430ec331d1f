import { withDynamicReferences } from '../dynamic-references';
import { LIMITS } from '../limits';
import { asText, hasSymbols, type Scope } from '../scope';
import { Computed, isList, Joined, Reference, Symbolic, type Text, type Value } from '../value';
import type { Intrinsic } from './intrinsic';

/** What is so short that it isn't counted. */
const FREE_CHARACTERS = 4_096;
const FREE_ITEMS = 256;

/** Texts one after the other: known if all of them are. */
export function concatenate(texts: readonly Text[], scope: Scope): Text {
  const parts: Text[] = [];
  let length = 0;
  if (texts.length > FREE_ITEMS) scope.stack.spend(texts.length, scope);
  for (const text of texts.flatMap((item) => (item instanceof Joined ? item.parts : [item]))) {
    const last = parts.at(-1);
    if (typeof text === 'string' && typeof last === 'string') parts[parts.length - 1] = last + text;
    else if (text !== '') parts.push(text);
    length += typeof text === 'string' ? text.length : text.key.length;
    if (length > LIMITS.textLength) throw tooLong(scope);
  }
  spendLength(length, scope);
  // Only now a reference may be whole that was put together of several texts.
  const whole = parts.flatMap((part) => {
    const read = typeof part === 'string' ? withDynamicReferences(part, scope) : part;
    return read instanceof Joined ? read.parts : [read];
  });
  if (whole.length === 0) return '';
  return whole.length === 1 ? whole[0]! : new Joined(whole);
}

/** Long texts count as what functions give in all; short ones don't, or a large project would come to the limit. */
function spendLength(characters: number, scope: Scope): void {
  if (characters > FREE_CHARACTERS) scope.stack.spend(characters >> 6, scope);
}

function tooLong(scope: Scope): Error {
  return scope.error('HM1004', `a text would have more than ${LIMITS.textLength} characters`);
}

export const join: Intrinsic = (raw, scope) => {
  const [separator, list] = scope.args(raw, 'Fn::Join', 2);
  const between = scope.text(separator, 'the separator of Fn::Join');
  // Items may be AWS::NoValue each, so they are evaluated as a list.
  const items = scope.list(list, 'the second value of Fn::Join');
  if (items instanceof Symbolic) return new Computed('Join', [between, items]);
  const texts: Text[] = [];
  for (const item of items) {
    const text = asText(item);
    if (text === undefined) throw scope.unusable('the items of Fn::Join must be texts');
    if (texts.length > 0) texts.push(between);
    texts.push(text);
  }
  return concatenate(texts, scope);
};

export const split: Intrinsic = (raw, scope) => {
  const [separator, source] = scope.args(raw, 'Fn::Split', 2);
  const between = scope.text(separator, 'the separator of Fn::Split');
  const text = scope.text(source, 'the second value of Fn::Split');
  if (between === '') throw scope.unusable('the separator of Fn::Split must not be empty');
  if (typeof between === 'string') {
    if (typeof text === 'string') {
      const pieces = text.split(between, LIMITS.generated + 1);
      if (pieces.length > FREE_ITEMS) scope.stack.spend(pieces.length, scope);
      return pieces;
    }
    if (text instanceof Joined && text.parts.every((part) => staysWhole(part, between))) {
      return splitJoined(text, between, scope);
    }
  }
  return new Computed('Split', [between, text]);
};

/** Resources whose `Ref` is a short id or name, without slash and colon. */
const SHORT_IDS = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::S3::Bucket',
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
];
const SHORT_PSEUDO_PARAMETERS = ['${AWS::Region}', '${AWS::URLSuffix}', '${AWS::Partition}', '${AWS::AccountId}'];

/** Whether a part of a text surely doesn't hold a separator. */
function staysWhole(part: Text, separator: string): boolean {
  if (typeof part === 'string') return true;
  // No id, ARN or name that AWS gives holds these.
  if (/^[|,; ]+$/.test(separator)) return part instanceof Reference;
  if (!/^[:/]+$/.test(separator)) return false;
  if (part instanceof Reference) return part.attribute === undefined && SHORT_IDS.includes(part.resource.type);
  return SHORT_PSEUDO_PARAMETERS.includes(part.text);
}

function splitJoined(text: Joined, separator: string, scope: Scope): readonly Value[] {
  const pieces: Text[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      pieces.at(-1)!.push(part);
      continue;
    }
    part.split(separator).forEach((piece, index) => {
      if (index > 0) pieces.push([]);
      pieces.at(-1)!.push(piece);
    });
  }
  return pieces.map((piece) => concatenate(piece, scope));
}

export const base64: Intrinsic = (raw, scope) => {
  const text = scope.text(raw, 'the value of Fn::Base64');
  if (typeof text !== 'string') return new Computed('Base64', [text]);
  spendLength(text.length, scope);
  return Buffer.from(text).toString('base64');
};

export const toJsonString: Intrinsic = (raw, scope) => {
  scope.stack.needsLanguageExtensions('Fn::ToJsonString');
  const value = scope.evaluate(raw);
  if (typeof value !== 'object' || value === null) throw scope.unusable('Fn::ToJsonString takes a mapping or a list');
  if (hasSymbols(value)) {
    const computed = new Computed('ToJsonString', [value]);
    spendLength(computed.key.length, scope);
    return computed;
  }
  // A long text may stand in it many times, so its length is counted before it is written.
  let characters = 0;
  const count = (_key: string, item: unknown): unknown => {
    characters += typeof item === 'string' ? item.length : 1;
    if (characters > LIMITS.textLength) throw tooLong(scope);
    return item;
  };
  return concatenate([JSON.stringify(value, count)], scope);
};

export const length: Intrinsic = (raw, scope) => {
  scope.stack.needsLanguageExtensions('Fn::Length');
  const value = scope.list(raw, 'the value of Fn::Length');
  return isList(value) ? value.length : new Computed('Length', [value]);
};
