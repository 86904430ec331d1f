import { expect } from 'vitest';
import { type TrafficMatchers, trafficMatchers } from './matchers';

export type { ShareOptions, TrafficMatchers } from './matchers';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration has to be the one of vitest
  interface Matchers<T = any> extends TrafficMatchers<T> {}
}

expect.extend(trafficMatchers);
