import { type TrafficMatchers, trafficMatchers } from './matchers';

export type { ShareOptions, TrafficMatchers } from './matchers';

declare global {
  namespace jest {
    interface Matchers<R> extends TrafficMatchers<R> {}
  }
}

const { expect } = globalThis as unknown as { readonly expect?: { extend(matchers: object): void } };
if (expect === undefined) {
  throw new TypeError(
    "headgate/jest needs jest's global expect. Where expect is imported, import headgate/jest-globals beside @jest/globals, or headgate/vitest.",
  );
}
expect.extend(trafficMatchers);
