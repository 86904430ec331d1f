export * as balancing from './balancing';
export * as core from './core';
export * as dns from './dns';
export * as edge from './edge';
export * as fleet from './fleet';
export * as health from './health';
export * as patterns from './patterns';
export * as waf from './waf';
