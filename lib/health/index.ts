export * from './health-monitor';
export * from './health-probe';
export * from './live-check';
export * from './region-check';
