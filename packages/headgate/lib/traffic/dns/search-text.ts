import { Fields, type Text } from '../../template';
import type { Outcome } from '../outcome';
import type { Quality } from '../quality';
import type { World } from '../world';

/** Whether an answer holds the text that a check looks for. */
export interface TextFinding {
  readonly isThere: boolean;
  /** How well that is known. */
  readonly quality: Quality;
  /** What had to be assumed; undefined where the template holds the answer, or a server gives it. */
  readonly warning?: string;
}

/** How much of an answer is searched (R53-7). */
const SEARCHED_BYTES = 5120;

/**
 * The text that a check of type `…_STR_MATCH` looks for. What servers answer isn't in the templates: their text is taken to be there or,
 * as an inverted check looks for what says that something is wrong, to be absent.
 */
export class SearchText {
  /** Whether the check is healthy while the text is absent. */
  readonly isInverted: boolean;
  private readonly text: Text | undefined;
  private readonly byServers: TextFinding;

  private constructor(
    private readonly config: Fields,
    private readonly world: World,
  ) {
    this.text = config.text('SearchString');
    this.isInverted = config.boolean('Inverted') ?? false;
    this.byServers = { isThere: !this.isInverted, quality: 'exact' };
  }

  /** The text of a check; undefined if it looks for none. */
  static of(config: Fields, type: string, world: World): SearchText | undefined {
    return type.endsWith('_STR_MATCH') ? new SearchText(config, world) : undefined;
  }

  /** What is found in an answer that has the status of a healthy one. */
  in(outcome: Outcome): TextFinding {
    const { destination, page } = outcome;
    if (page !== undefined) return this.byServers;
    switch (destination.type) {
      case 'fixed-response':
        return this.inFixedResponse(outcome);
      case 'redirect':
        return {
          isThere: false,
          quality: 'undocumented',
          warning: `${this.config.where}: a redirect answers it, ${destination.id}, of whose body AWS documents nothing; the text that it looks for counts as absent.`,
        };
      case 'blocked':
        return this.assumed(`the body that ${destination.id} refuses requests with`);
      default:
        return this.byServers;
    }
  }

  private inFixedResponse({ destination }: Outcome): TextFinding {
    const stack = this.world.templates.stacks.find(({ name }) => name === destination.stack);
    const owner = stack?.resources.get(destination.id);
    const actions = owner && ['Actions', 'DefaultActions'].flatMap((name) => Fields.of(owner).objects(name));
    const action = actions?.find((each) => each.string('Type') === 'fixed-response');
    const response = action?.object('FixedResponseConfig');
    const body = response?.text('MessageBody') ?? '';
    if (typeof this.text !== 'string') return this.assumed(this.config.at('SearchString'));
    if (response === undefined) return this.assumed(`the body of ${destination.id}`);
    if (typeof body !== 'string') return this.assumed(response.at('MessageBody'));
    const searched = Buffer.from(body).subarray(0, SEARCHED_BYTES);
    return { isThere: searched.includes(this.text), quality: 'exact' };
  }

  private assumed(what: string): TextFinding {
    const { isThere } = this.byServers;
    const warning = `${this.config.where}: ${what} isn't known; the text that it looks for counts as ${isThere ? 'there' : 'absent'}.`;
    return { isThere, quality: 'bounded', warning };
  }
}
