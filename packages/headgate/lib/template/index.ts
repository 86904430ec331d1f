export * from './fields';
export * from './from-objects';
export * from './stack';
export * from './value';
