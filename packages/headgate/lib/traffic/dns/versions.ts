import type { Text } from '../../template';
import { type Hop, Road } from '../hop';
import { type IpVersion, versionsOf } from '../ip-versions';
import type { Destination, ErrorPage } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import type { Step } from '../step';
import { NoAddress, noAnswer } from './ends';

const FACTS = ['R53-22'];

/** The version of IP that who asks would use: the one of its address, else IPv4; undefined for an edge that may use either. */
export function preferredVersion({ via, client }: HttpRequest): IpVersion | undefined {
  if (via === 'client' && client.address !== undefined) return client.address.includes(':') ? 6 : 4;
  return via === 'cloudfront' ? client.ipVersion : (client.ipVersion ?? 4);
}

/** Whether who asks can use the other version of IP: an edge and a checker can't. */
export function canChange({ via, client }: HttpRequest): boolean {
  return via === 'client' || (via === 'cloudfront' && client.ipVersion === undefined);
}

/** The same passage by a version of IP; an address of the other one says nothing of where it comes from. */
export function changed(passage: Passage, version: IpVersion, step: Step): Passage {
  return passage.note(step).as(passage.request.by(version));
}

/** Where the road leads on by another version of IP if a name has no address of the first. */
export class OtherVersion extends Road {
  constructor(
    private readonly outer: Road,
    private readonly other: (passage: Passage) => void,
  ) {
    super();
  }

  override end(
    passage: Passage,
    destination: Destination,
    status: number | null = null,
    location?: string,
    page?: ErrorPage,
  ): void {
    if (destination instanceof NoAddress) this.other(passage);
    else this.outer.end(passage, destination, status, location, page);
  }
}

/** What another name of a resource leads to: who comes by a version of IP that it has no address of takes the other one (R53-22). */
export function byItsVersion(target: Text, onward: Hop): Hop {
  const { v4, v6 } = versionsOf(target);
  if (v4 && v6) return onward;
  const only = v4 ? 4 : 6;
  const id = String(target);
  const because = `${id} has addresses of IPv${only} alone`;
  const step: Step = { hop: 'dns-record', id, because, facts: FACTS };
  const nothing = noAnswer(id, because, FACTS);
  return {
    pass(passage, road) {
      const { request } = passage;
      const version = preferredVersion(request);
      if (version === undefined || version === only) onward.pass(passage, road);
      else if (canChange(request)) onward.pass(changed(passage, only, step), road);
      else nothing.pass(passage, road);
    },
  };
}
