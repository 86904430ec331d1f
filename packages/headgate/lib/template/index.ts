export * from './fields';
export * from './from-objects';
export * from './read-templates';
export * from './stack';
export * from './value';
