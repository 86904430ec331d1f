import { type Assembly, canonical, difference, inventory } from './assemblies';

const rule = { Type: 'Rule', Properties: { Priority: 5, Values: ['/api', '/api/*'] } };
const shop: Assembly = {
  templates: { 'Shop.template.json': { Resources: { Api: rule, All: { Type: 'Rule' } } } },
  assets: { 'asset.ab/index.js': Buffer.from('one') },
};

/** The shop with another rule. */
function withRule(Properties: object): Assembly {
  return {
    ...shop,
    templates: { 'Shop.template.json': { Resources: { Api: { Type: 'Rule', Properties }, All: { Type: 'Rule' } } } },
  };
}

test('the order of keys makes no difference, and that of values does', () => {
  expect(canonical({ b: [2, 1], a: { d: 1, c: null } })).toBe('{"a":{"c":null,"d":1},"b":[2,1]}');
  const reordered = { Resources: { All: { Type: 'Rule' }, Api: { Properties: rule.Properties, Type: 'Rule' } } };
  expect(difference(shop, { ...shop, templates: { 'Shop.template.json': reordered } })).toBeUndefined();
});

test.each<[string, Assembly, string]>([
  [
    'another number',
    withRule({ ...rule.Properties, Priority: 6 }),
    'Shop.template.json/Resources/Api/Properties/Priority: expected 5, got 6',
  ],
  [
    'a number as a text',
    withRule({ ...rule.Properties, Priority: '5' }),
    'Shop.template.json/Resources/Api/Properties/Priority: expected 5, got "5"',
  ],
  [
    'values in another order',
    withRule({ ...rule.Properties, Values: ['/api/*', '/api'] }),
    'Shop.template.json/Resources/Api/Properties/Values[0]: expected "/api", got "/api/*"',
  ],
  [
    'a value less',
    withRule({ ...rule.Properties, Values: ['/api'] }),
    'Shop.template.json/Resources/Api/Properties/Values: expected ["/api","/api/*"], got ["/api"]',
  ],
  [
    'a property less',
    withRule({ Priority: 5 }),
    'Shop.template.json/Resources/Api/Properties/Values: expected ["/api","/api/*"], got nothing',
  ],
  [
    'a property more',
    withRule({ ...rule.Properties, Actions: null }),
    'Shop.template.json/Resources/Api/Properties/Actions: expected nothing, got null',
  ],
  ['a template less', { ...shop, templates: {} }, 'Shop.template.json is missing'],
  [
    'a template more',
    { ...shop, templates: { ...shop.templates, 'More.template.json': {} } },
    'More.template.json is too much',
  ],
  [
    'another hash of an asset',
    { ...shop, assets: { 'asset.cd/index.js': Buffer.from('one') } },
    'asset.ab/index.js is missing',
  ],
  [
    'an asset more',
    { ...shop, assets: { ...shop.assets, 'asset.cd/index.js': Buffer.from('one') } },
    'asset.cd/index.js is too much',
  ],
  [
    'another content of an asset',
    { ...shop, assets: { 'asset.ab/index.js': Buffer.from('two') } },
    'asset.ab/index.js has another content',
  ],
])('%s is told, with its place', (_, actual, told) => {
  expect(difference(shop, actual)).toBe(told);
});

test('an inventory counts what was compared', () => {
  expect(inventory(shop)).toBe('1 template, 2 resources, 1 asset');
});
