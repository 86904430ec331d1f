// What of vitest is used here: the package itself is the user's.
declare module 'vitest' {
  export const expect: { extend(matchers: object): void };
}
