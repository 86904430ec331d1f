import {
  Fields,
  isList,
  Joined,
  keyOf,
  Reference,
  type Resource,
  Symbolic,
  type Text,
  type Value,
} from '../../template';
import { RULE_GROUP, WEB_ACL } from '../resource-types';
import type { RuleScope } from './rule-scope';
import { NO, type Predicate, YES } from './verdict';

/** A label that a rule adds: its context, which is its prefix, and the rest of its name. */
export interface Label {
  readonly owner: Resource;
  readonly name: string;
}

/** All labels that the rules of one web ACL can add, rule groups included. */
export class LabelBook {
  private readonly labels: Label[] = [];

  constructor(
    /** Whether any rule looks at labels; otherwise they have no effect. */
    readonly isRead: boolean,
  ) {}

  /** The labels of a rule. */
  declare(owner: Resource, rule: Fields): readonly Label[] {
    if (!this.isRead) return [];
    const added = rule.objects('RuleLabels').flatMap((label) => {
      const name = label.text('Name');
      return name === undefined ? [] : [{ owner, name: plain(name) }];
    });
    this.labels.push(...added);
    return added;
  }

  /** The labels that pass a test. Rules that come later can't have added theirs yet when a request is inspected. */
  matching(test: (label: Label) => boolean): readonly Label[] {
    return this.labels.filter(test);
  }
}

/** Whether rules look at labels anywhere in a value. */
export function readsLabels(value: Value): boolean {
  if (isList(value)) return value.some(readsLabels);
  if (typeof value !== 'object' || value === null || value instanceof Symbolic) return false;
  return 'LabelMatchStatement' in value || Object.values(value).some(readsLabels);
}

/** Matches labels that earlier rules have added (WAF-6). */
export function compileLabelMatch(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-6');
  const key = statement.text('Key');
  if (key === undefined) return scope.unsure('bounded', 'matches a label whose Key is absent', ['WAF-6']);
  if (statement.isSymbolic('Scope')) {
    const what = `has the Scope ${statement.raw('Scope')}, which isn't known, and counts as not matching`;
    return scope.unsure('bounded', what, ['WAF-6']);
  }
  const isNamespace = statement.string('Scope') === 'NAMESPACE';
  const text = plain(key);
  const special = labelsOfAws(text, isNamespace, scope);
  if (special) return special;
  const { owner, rest } = splitKey(key, text, scope.owner);
  const wanted = isNamespace && rest !== '' && !rest.endsWith(':') ? `${rest}:` : rest;
  // A key without prefix can begin at any namespace; one with a prefix is whole.
  const matchesName = owner.isPrefixed
    ? (name: string) => (isNamespace ? name.startsWith(wanted) : name === wanted)
    : (name: string) =>
        `:${isNamespace ? namespacesOf(name) : name}`[isNamespace ? 'includes' : 'endsWith'](`:${wanted}`);
  let candidates: readonly Label[] | undefined;
  return (inspection) => {
    candidates ??= scope.labels.matching((label) => owner.is(label.owner) && matchesName(label.name));
    return inspection.hasAny(candidates) ? YES : NO;
  };
}

/** Labels that AWS adds itself: by managed rule groups, whose rules aren't public, and by geographic statements. */
function labelsOfAws(key: string, isNamespace: boolean, scope: RuleScope): Predicate | undefined {
  if (key.startsWith('awswaf:managed:')) {
    scope.cite('WAF-12');
    const unsure = scope.unsure('undocumented', `matches ${key}, which only AWS adds, and counts as not matching`, [
      'WAF-12',
    ]);
    return (inspection) => (inspection.sawManagedGroup ? unsure(inspection) : NO);
  }
  const geo = /^awswaf:(clientip|forwardedip):(?:geo:)?(?:(country|region):)?(.*)$/.exec(key);
  if (!geo) return undefined;
  scope.cite('WAF-13');
  const source = geo[1] as 'clientip' | 'forwardedip';
  const unsure = scope.unsure('bounded', `matches ${key}, which isn't known, and counts as not matching`, ['WAF-13']);
  return (inspection) => {
    if (!(source in inspection.countries)) return NO;
    const country = inspection.countries[source];
    if (isNamespace && geo[3] === '') return YES;
    if (country === undefined || geo[2] !== 'country') return unsure(inspection);
    return country === geo[3] ? YES : NO;
  };
}

interface Owner {
  readonly isPrefixed: boolean;
  is(owner: Resource): boolean;
}

/** Divides a key in its prefix, which says whose labels are meant, and the rest. */
function splitKey(key: Text, text: string, own: Resource): { owner: Owner; rest: string } {
  if (key instanceof Joined || key instanceof Reference) {
    const parts = key instanceof Joined ? key.parts : [key];
    const [first, ...others] = parts;
    if (first instanceof Reference && first.attribute === 'LabelNamespace') {
      const { resource } = first;
      return { owner: { isPrefixed: true, is: (owner) => owner === resource }, rest: others.map(plain).join('') };
    }
  }
  const prefix = /^awswaf:[^:]*:(webacl|rulegroup):([^:]*):?(.*)$/.exec(text);
  if (!prefix) return { owner: { isPrefixed: false, is: (owner) => owner === own }, rest: text };
  const type = prefix[1] === 'webacl' ? WEB_ACL : RULE_GROUP;
  const named = prefix[2]!;
  const is = (owner: Resource) => owner.type === type && hasName(owner, named);
  return { owner: { isPrefixed: true, is }, rest: prefix[3]! };
}

function hasName(owner: Resource, name: string): boolean {
  const own = Fields.of(owner).text('Name');
  return own !== undefined && plain(own) === name;
}

/** Everything but the label's own name, each namespace with a colon. */
function namespacesOf(name: string): string {
  return name.slice(0, name.lastIndexOf(':') + 1);
}

/** A text without the colons of what is symbolic in it, such as `${AWS::AccountId}`, for they would divide it. */
function plain(text: Text): string {
  if (text instanceof Joined) return text.parts.map(plain).join('');
  return typeof text === 'string' ? text : keyOf(text).replaceAll(':', '_');
}
