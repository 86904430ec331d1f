export * from './log-bucket';
export * from './service-domain';
export * from './service-vpc';
export * from './site-certificate';
export * from './site-stack';
