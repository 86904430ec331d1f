export * from './cache-rule';
export * from './edge-distribution';
export * from './origin-secrets';
