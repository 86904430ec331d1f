import type { Raw } from '../raw';
import type { Scope } from '../scope';
import type { Value } from '../value';

/** A function of templates: from what is written under its name to its value. Undefined is `AWS::NoValue`. */
export type Intrinsic = (raw: Raw, scope: Scope) => Value | undefined;
