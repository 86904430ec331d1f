import { expect } from '@jest/globals';
import { type TrafficMatchers, trafficMatchers } from './matchers';

export type { ShareOptions, TrafficMatchers } from './matchers';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> extends TrafficMatchers<R> {}
}

expect.extend(trafficMatchers);
