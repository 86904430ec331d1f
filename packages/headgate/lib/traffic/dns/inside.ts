import { resourceIn, type Text } from '../../template';
import type { Hop, Road } from '../hop';
import type { Passage } from '../passage';
import { isPrivate } from '../private-network';
import { LOAD_BALANCER } from '../resource-types';
import { type Step, stepAt } from '../step';
import { End } from './ends';

/** Puts what keeps others out before what a name or an address leads to, if that is in a private network. */
export function behindItsNetwork(target: Text, onward: Hop, isSaid: boolean): Hop {
  return isPrivate(target) ? new Inside(target, onward, isSaid) : onward;
}

/** Something in a private network: the client is taken to be inside; the edge and public checkers never are (R53-12, CF-18). */
class Inside implements Hop {
  private readonly inside: Step;
  private readonly checker: Step;
  private readonly edge: Step;
  private readonly refused: End;

  constructor(
    target: Text,
    private readonly onward: Hop,
    /** Whether the road has said already that only clients inside come here. */
    private readonly isSaid: boolean,
  ) {
    const resource = resourceIn(target);
    const isBalancer = resource?.type === LOAD_BALANCER;
    const at = resource ? { id: resource.logicalId, stack: resource.stack.name } : { id: String(target) };
    const what = isBalancer ? 'it is internal' : `${target} is in a private network`;
    const step = (because: string, fact: string, warning?: string): Step =>
      isBalancer
        ? stepAt('load-balancer', resource, because, [fact], warning === undefined ? {} : { warning })
        : { hop: 'dns-record', ...at, because, facts: [fact], ...(warning === undefined ? {} : { warning }) };
    const name = isBalancer ? `${resource.stack.name}/${resource.logicalId} is internal` : what;
    const warning = `${name}: only clients in its network reach it, and the client counts as one.`;
    this.inside = step(`${what}, so only clients in its network reach it`, 'R53-12', warning);
    this.checker = step(`${what}, where public checkers don't reach`, 'R53-12');
    this.edge = step(`${what}, where CloudFront doesn't reach`, 'CF-18');
    this.refused = new End({ type: 'error', ...at });
  }

  pass(passage: Passage, road: Road): void {
    const { via } = passage.request;
    if (via === 'health-checker') this.refused.pass(passage.note(this.checker), road);
    else if (via === 'cloudfront') this.refused.pass(passage.note(this.edge), road);
    else this.onward.pass(this.isSaid ? passage : passage.note(this.inside), road);
  }
}
