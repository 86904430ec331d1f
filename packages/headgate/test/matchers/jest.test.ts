test('without a global expect it says which entry to import', () => {
  const own = Reflect.get(globalThis, 'expect');
  Reflect.deleteProperty(globalThis, 'expect');
  let problem: unknown;
  try {
    jest.isolateModules(() => require('../../lib/matchers/jest'));
  } catch (error) {
    problem = error;
  } finally {
    Reflect.set(globalThis, 'expect', own);
  }
  expect(String(problem)).toBe(
    "TypeError: headgate/jest needs jest's global expect. Where expect is imported, import headgate/jest-globals beside @jest/globals, or headgate/vitest.",
  );
});
