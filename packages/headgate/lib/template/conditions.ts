import { PSEUDO_PARAMETERS } from './given-parameters';
import { holds } from './intrinsics/choice';
import type { Raw } from './raw';
import { Once, type Scope } from './scope';
import type { TemplateStack } from './template-stack';
import { hasMacros } from './transforms';
import { Computed, isList, Joined, type Symbolic, Unresolved, type Value } from './value';

interface Verdict {
  readonly holds: boolean;
  /** Texts of the symbolic values that were taken to be different from known ones. */
  readonly assumed: ReadonlySet<Symbolic>;
}

/** The conditions of a stack. */
export class Conditions {
  private readonly verdicts = new Map<string, Once<Verdict>>();
  private readonly warned = new Set<string>();
  /** The symbols that the condition which is evaluated just now rests on. */
  private collecting: Set<Symbolic> | undefined;

  constructor(private readonly stack: TemplateStack) {}

  /** Whether a condition holds, for something that depends on it; what had to be assumed becomes a warning. */
  use(name: string, scope: Scope): boolean {
    const verdict = this.verdict(name, scope);
    if (this.collecting) {
      // Another condition asks: what this one assumed is assumed there too.
      for (const symbolic of verdict.assumed) this.collecting.add(symbolic);
    } else {
      this.warn(name, verdict);
    }
    return verdict.holds;
  }

  private verdict(name: string, scope: Scope): Verdict {
    let verdict = this.verdicts.get(name);
    if (!verdict) {
      const section = this.stack.section('Conditions');
      if (!Object.hasOwn(section, name)) {
        if (hasMacros(this.stack.source.document)) return { holds: false, assumed: new Set() };
        throw scope.error('HM1006', `the condition '${name}' isn't in Conditions`);
      }
      const own = this.stack.scope(`condition '${name}'`);
      verdict = new Once(own.where, () => this.evaluate(section[name]!, own));
      this.verdicts.set(name, verdict);
    }
    return verdict.get();
  }

  private evaluate(raw: Raw, scope: Scope): Verdict {
    const outer = this.collecting;
    const assumed = new Set<Symbolic>();
    this.collecting = assumed;
    try {
      return { holds: holds(raw, scope, (symbolic) => assumed.add(symbolic)), assumed };
    } finally {
      this.collecting = outer;
    }
  }

  private warn(name: string, verdict: Verdict): void {
    if (verdict.assumed.size === 0 || this.warned.has(name)) return;
    this.warned.add(name);
    const texts = [...verdict.assumed].map(({ text }) => text);
    const unknown =
      texts.length === 1 ? `${texts[0]} isn't known` : `${[...new Set(texts)].join(' and ')} aren't known`;
    const names = [...new Set([...verdict.assumed].flatMap((symbolic) => this.parametersIn(symbolic)))];
    const how =
      names.length === 0 ? '' : ` Give it with ${names.map((each) => `--parameter ${each}=VALUE`).join(' ')}.`;
    this.stack.warn(
      `${this.stack.file}: the condition '${name}' was read as ${verdict.holds}, since ${unknown} ` +
        `and so taken to be different from what it is compared with.${how}`,
    );
  }

  /** The parameters that a symbol rests on: `${Stage}` is that of Stage. */
  private parametersIn(value: Value): readonly string[] {
    if (isList(value)) return value.flatMap((item) => this.parametersIn(item));
    if (value instanceof Joined) return this.parametersIn(value.parts);
    if (value instanceof Computed) return this.parametersIn(value.args);
    if (!(value instanceof Unresolved) || !value.text.startsWith('${')) return [];
    const name = value.text.slice(2, -1);
    for (let stack: TemplateStack | undefined = this.stack; stack; stack = stack.source.parent?.stack) {
      if (stack.parameterNames().includes(name)) return [name];
    }
    return PSEUDO_PARAMETERS.includes(name) ? [name] : [];
  }
}
