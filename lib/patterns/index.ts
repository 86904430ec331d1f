export * from './global-service';
export * from './regional-service';
export * from './regional-service-attributes';
export * from './regional-service-props';
export * from './regional-service-ref';
export * from './site-options';
