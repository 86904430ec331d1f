export * from './auto-scaling-fleet';
