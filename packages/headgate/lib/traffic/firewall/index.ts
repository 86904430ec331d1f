export { strayAssociations, webAclOf } from './associations';
export { compileWebAcl } from './web-acl';
