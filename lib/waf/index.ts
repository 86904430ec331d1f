export * from './access-rule';
export * from './managed-rule-group';
export * from './rate-limit';
export * from './web-acl';
export * from './web-acl-scope';
