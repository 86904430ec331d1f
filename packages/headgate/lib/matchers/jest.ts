import { type TrafficMatchers, trafficMatchers } from './matchers';

export type { ShareOptions, TrafficMatchers } from './matchers';

declare global {
  namespace jest {
    interface Matchers<R> extends TrafficMatchers<R> {}
  }
}

// `expect` is jest's global one.
(globalThis as unknown as { readonly expect: { extend(matchers: object): void } }).expect.extend(trafficMatchers);
