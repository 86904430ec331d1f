/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Properties of a resource. */
export type Properties = { [key: string]: Json };

export const isList = (value: unknown): value is Json[] => Array.isArray(value);

export const isRecord = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
