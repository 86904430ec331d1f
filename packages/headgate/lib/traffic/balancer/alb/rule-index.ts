import { PrefixIndex, SuffixIndex } from '../../matching/prefix-index';
import type { HttpRequest } from '../../request';
import type { Rule } from './rule';

/**
 * Finds the rules that a request may match, in their order: by the end of its host, and among those by the beginning of its path. Both
 * are decided by trees, so that a listener with many rules is hardly slower than one with few.
 */
export class RuleIndex {
  private readonly byHost: SuffixIndex<Rule>;
  private readonly byPath = new Map<readonly Rule[], PrefixIndex<Rule>>();
  private readonly ownPort: string;

  constructor(rules: readonly Rule[], port: number) {
    this.byHost = new SuffixIndex(rules);
    this.ownPort = `:${port}`;
  }

  candidates(request: HttpRequest): readonly Rule[] {
    const { host } = request;
    const name = host.endsWith(this.ownPort) ? host.slice(0, -this.ownPort.length) : host;
    const rules = this.byHost.candidates(name);
    let paths = this.byPath.get(rules);
    if (paths === undefined) {
      // Made when a host is first asked for: a listener may name many.
      paths = new PrefixIndex(rules);
      this.byPath.set(rules, paths);
    }
    return paths.candidates(request.path);
  }
}
