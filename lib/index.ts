// biome-ignore-all assist/source/organizeImports: in the order in which a request meets the layers, and then what all of them share.
export * as dns from './dns';
export * as edge from './edge';
export * as waf from './waf';
export * as balancing from './balancing';
export * as fleet from './fleet';
export * as health from './health';
export * as core from './core';
export * as patterns from './patterns';
