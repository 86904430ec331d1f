export { compileDistribution } from './distribution';
export { edgeElements } from './elements';
