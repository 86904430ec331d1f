export * from './fields';
export * from './from-objects';
export { folderOf, requireOptions } from './options';
export * from './read-templates';
export * from './stack';
export * from './value';
