import { PrefixIndex, SuffixIndex } from '../../matching/prefix-index';
import type { HttpRequest } from '../../request';
import type { Rule } from './rule';

/** As many rules are tried as fast as they are looked up. */
const FEW = 4;

/**
 * Finds the rules that a request may match, in their order: by the end of its host, among those by the beginning of its path, and among
 * those by the path's end. All are decided by trees, so that a listener with many rules is hardly slower than one with few.
 */
export class RuleIndex {
  private readonly byHost: SuffixIndex<Rule>;
  private readonly byPath = new Map<readonly Rule[], PrefixIndex<Rule>>();
  private readonly byEnding = new Map<readonly Rule[], SuffixIndex<Rule>>();
  private readonly ownPort: string;

  constructor(
    private readonly rules: readonly Rule[],
    port: number,
  ) {
    this.byHost = new SuffixIndex(rules);
    this.ownPort = `:${port}`;
  }

  candidates(request: HttpRequest): readonly Rule[] {
    if (this.rules.length <= FEW) return this.rules;
    const { host, path } = request;
    const name = host.endsWith(this.ownPort) ? host.slice(0, -this.ownPort.length) : host;
    // The further trees are made when their rules are first asked for: a listener may name many hosts.
    const ofHost = this.byHost.candidates(name);
    if (ofHost.length <= FEW) return ofHost;
    const ofPath = kept(this.byPath, ofHost, (rules) => new PrefixIndex(rules)).candidates(path);
    if (ofPath.length <= FEW) return ofPath;
    return kept(this.byEnding, ofPath, (rules) => new SuffixIndex(rules, (rule) => rule.endings)).candidates(path);
  }
}

function kept<T>(map: Map<readonly Rule[], T>, rules: readonly Rule[], make: (rules: readonly Rule[]) => T): T {
  let index = map.get(rules);
  if (index === undefined) {
    index = make(rules);
    map.set(rules, index);
  }
  return index;
}
