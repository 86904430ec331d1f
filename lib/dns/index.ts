export * from './global-routing';
export * from './service-record';
export * from './service-routing';
