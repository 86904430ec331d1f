import { compileAccelerator } from './accelerator';
import { compileBalancer } from './balancer';
import { compileDns, compileHealthCheck } from './dns';
import { compileDistribution } from './edge';
import { compileWebAcl } from './firewall';
import { compileTargetGroup } from './targets';
import type { Compilers } from './world';

/** What compiles each kind of hop. */
export const COMPILERS: Compilers = {
  dns: compileDns,
  healthCheck: compileHealthCheck,
  accelerator: compileAccelerator,
  distribution: compileDistribution,
  webAcl: compileWebAcl,
  balancer: compileBalancer,
  targetGroup: compileTargetGroup,
};
