import { explainRefusal } from '../../support/refusals';

/** A template with a balancer whose name is a value. */
function named(value: unknown, others: object = {}): object {
  const { Resources = {}, ...sections } = others as { Resources?: object };
  const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: value } };
  return { ...sections, Resources: { ...Resources, Lb: balancer } };
}

const LANGUAGE = { Transform: 'AWS::LanguageExtensions' };
const LETTERS = Array.from({ length: 100 }, (_, n) => `x${n}`);

/** Loops inside each other, each over a hundred names. */
function loops(depth: number): object {
  const inner = depth === 1 ? { Type: 'T' } : loops(depth - 1);
  const names = Array.from({ length: 5 - depth + 1 }, (_, n) => `\${I${depth + n}}`).join('');
  return { [`Fn::ForEach::L${depth}`]: [`I${depth}`, LETTERS, depth === 1 ? { [names]: inner } : inner] };
}

/** Variables of Fn::Sub that each hold the one before ten times. */
function doubled(depth: number): unknown {
  return depth === 0 ? 'x'.repeat(1_000) : { 'Fn::Sub': ['${V}'.repeat(10), { V: doubled(depth - 1) }] };
}

/** Texts that are put together, each of ten of the one before. */
function joined(depth: number): unknown {
  return depth === 0 ? 'x'.repeat(100) : { 'Fn::Join': ['', Array(6).fill(joined(depth - 1))] };
}

describe('functions', () => {
  test.each<[string, object, string]>([
    [
      'unknown resource',
      named({ Ref: 'Nowhere' }),
      "Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): Ref to 'Nowhere', but",
    ],
    [
      'unknown attribute',
      named({ 'Fn::GetAtt': ['Nowhere', 'Arn'] }),
      "Fn::GetAtt to 'Nowhere', but the template has no",
    ],
    ['name of nature', named({ Ref: '__proto__' }), "Ref to '__proto__'"],
    ['unknown variable', named({ 'Fn::Sub': '${Nowhere}' }), "Ref to 'Nowhere'"],
    ['unknown condition', named({ 'Fn::If': ['toString', 1, 2] }), "the condition 'toString' isn't in Conditions"],
    ['unknown mapping', named({ 'Fn::FindInMap': ['a', 'b', 'c'] }), "Fn::FindInMap names the mapping 'a'"],
    ['unknown function', named({ 'Fn::Nothing': 1 }), 'Fn::Nothing'],
    ['too few arguments', named({ 'Fn::If': [] }), 'Fn::If takes a list of 3 values, got 0'],
    [
      // More addresses than there are atoms, which nobody may count out.
      'more blocks than anybody gets',
      named({ 'Fn::Cidr': ['::/0', 1e9, 8] }),
      "the count of Fn::Cidr must be an integer from 1 to 256, got '1000000000'",
    ],
    ['wrong argument', named({ 'Fn::Select': ['x', 'y'] }), 'Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): '],
    [
      'wrong type',
      named(['application']),
      'Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): Type must be a text, got a list',
    ],
    ['Fn::Sub that multiplies', named(doubled(7)), 'Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): '],
    ['Fn::Join that multiplies', named(joined(6)), 'Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): '],
    ['loops in loops', { ...LANGUAGE, Resources: loops(5) }, 'loops.json: Resources'],
    [
      'condition that depends on itself',
      named('application', {
        Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
        Resources: { X: { Type: 'T', Condition: 'A' } },
      }),
      "condition 'A' depends on itself",
    ],
    [
      'condition of a name that nobody has',
      named('application', { Resources: { X: { Type: 'T', Condition: 'constructor' } } }),
      "the condition 'constructor' isn't in Conditions",
    ],
    ['resource that is a list', named('application', { Resources: { X: [] } }), 'Resources.X must be a mapping'],
    ['parameter that is a text', named({ Ref: 'P' }, { Parameters: { P: 'x' } }), "parameter 'P' must be a mapping"],
    [
      'default that is a mapping',
      named({ Ref: 'P' }, { Parameters: { P: { Type: 'String', Default: { a: 1 } } } }),
      "parameter 'P' must have a text as its Default",
    ],
  ])(
    '%s',
    async (name, template, line) => {
      const file = name === 'loops in loops' ? 'loops.json' : 'shop.json';
      const refusal = await explainRefusal(file, template);
      expect(refusal).toContain(file.replace(/\.json$/, ''));
      expect(refusal).toContain(line);
    },
    10_000,
  );
});

/** Conditions of which each depends on the next. */
test('a row of ten thousand conditions', async () => {
  const conditions = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [
      `C${n}`,
      n === 9_999 ? { 'Fn::Equals': [1, 1] } : { Condition: `C${n + 1}` },
    ]),
  );
  const template = named('application', { Conditions: conditions, Resources: { X: { Type: 'T', Condition: 'C0' } } });
  expect(await explainRefusal('row.json', template)).toContain(
    'more than 200 values depend on each other in a row (HM1004)',
  );
}, 10_000);

test('the output of a nested stack that is made of itself', async () => {
  const nested = (input: object) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'child.json', Parameters: { In: input } },
  });
  const { Workplace } = await import('../../support/cli');
  const { ASKED, refusalOf } = await import('../../support/refusals');
  const place = new Workplace({
    'shop.json': named(
      { 'Fn::GetAtt': ['One', 'Outputs.Out'] },
      {
        Resources: {
          One: nested({ 'Fn::GetAtt': ['Other', 'Outputs.Out'] }),
          Other: nested({ 'Fn::GetAtt': ['One', 'Outputs.Out'] }),
        },
      },
    ),
    'child.json': { Parameters: { In: { Type: 'String' } }, Resources: {}, Outputs: { Out: { Value: { Ref: 'In' } } } },
  });
  try {
    const refusal = await refusalOf(place, ['explain', 'shop.json', ...ASKED]);
    expect(refusal).toMatch(/^(shop|child)\.json: .* depends on itself \(HM1008\)$/);
  } finally {
    place.remove();
  }
}, 10_000);
