import { App, Aws, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OriginAccess } from '../../lib/balancing';
import { RateLimit, WebAcl, WebAclScope } from '../../lib/waf';

const PREFIX = 'prod-Shop/origin-access';
const secret = (number: number) => `{{resolve:secretsmanager:${PREFIX}/${number}:SecretString:::}}`;
const numbers = (names: string[]) => names.map((name) => Number(name.replace(`${PREFIX}/`, '')));

function resolved<T>(value: T): T {
  return new Stack().resolve(value);
}

/** The values of the header that a web ACL with the rules of an access lets through. */
function accepted(access: OriginAccess): unknown[] {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', {
    webAclScope: WebAclScope.REGIONAL,
    behindEdge: true,
    rateLimit: RateLimit.none(),
    accessRules: access._accessRules(),
  });
  const [webAcl] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));
  const [rule] = webAcl!.Properties.Rules;
  expect(rule.Action).toEqual({ Block: {} });
  expect(JSON.stringify(rule)).toContain('"Name":"x-origin-verify"');
  return JSON.stringify(rule).match(/\{\{resolve:[^}]*\}\}/g) ?? [];
}

describe('a secret header', () => {
  test.each<[number | undefined, { kept: number[]; accepted: number[]; sent: number }]>([
    [undefined, { kept: [1, 2], accepted: [1, 2], sent: 2 }],
    [2, { kept: [1, 2], accepted: [1, 2], sent: 2 }],
    [3, { kept: [1, 2, 3], accepted: [2, 3], sent: 3 }],
    [5, { kept: [3, 4, 5], accepted: [4, 5], sent: 5 }],
  ])('with the newest secret %s keeps three, accepts two and sends one', (newest, expected) => {
    const access = OriginAccess.secretHeader({ newest, secretNamePrefix: PREFIX });
    expect(numbers(access._keptSecretNames())).toEqual(expected.kept);
    expect(accepted(access)).toEqual(expected.accepted.map(secret));
    expect(resolved(access._originHeaders())).toEqual({ 'x-origin-verify': secret(expected.sent) });
  });

  test('accepts, during a rotation, what the edge sends before and after it', () => {
    for (let newest = 2; newest < 8; newest++) {
      const before = OriginAccess.secretHeader({ newest, secretNamePrefix: PREFIX });
      const after = OriginAccess.secretHeader({ newest: newest + 1, secretNamePrefix: PREFIX });
      expect(accepted(after)).toEqual(expect.arrayContaining([secret(newest), secret(newest + 1)]));
      // A site that rolls back to its previous template finds the secrets of that template.
      expect(after._keptSecretNames()).toEqual(
        expect.arrayContaining(numbers(before._keptSecretNames().slice(-2)).map((number) => `${PREFIX}/${number}`)),
      );
    }
  });

  test('takes the prefix of the service, unless it has one of its own', () => {
    const theirs = OriginAccess.secretHeader()._withSecretNamePrefix(PREFIX);
    expect(theirs._keptSecretNames()).toEqual([`${PREFIX}/1`, `${PREFIX}/2`]);
    const own = OriginAccess.secretHeader({ newest: 3, secretNamePrefix: 'own' })._withSecretNamePrefix(PREFIX);
    expect(own._keptSecretNames()).toEqual(['own/1', 'own/2', 'own/3']);
  });

  test.each<[string, (access: OriginAccess) => unknown]>([
    ['keep', (access) => access._keptSecretNames()],
    ['accept', (access) => access._accessRules()],
    ['send', (access) => access._originHeaders()],
  ])('fails when it is to %s secrets of which it does not know the names', (_, use) => {
    expect(() => use(OriginAccess.secretHeader())).toThrow(
      "HG2133: 'secretNamePrefix' must be given to OriginAccess.secretHeader() outside a GlobalService, whose control stack makes the secrets, got none: create '<prefix>/1' and '<prefix>/2' in Secrets Manager in this Region and give the prefix",
    );
  });

  test.each([1, 0, -1, 2.5, Number.NaN])('fails on the newest secret %d', (newest) => {
    expect(() => OriginAccess.secretHeader({ newest })).toThrow(
      `HG2134: 'newest' must be an integer of at least 2, since two secrets are valid at any time, got ${newest}: start with 2 and raise it by one to rotate`,
    );
  });

  test('fails on a token, since names are made of the number', () => {
    const newest = Lazy.number({ produce: () => 3 });
    expect(() => OriginAccess.secretHeader({ newest })).toThrow(
      /^HG2134: 'newest' must be an integer of at least 2.*got a token/,
    );
  });

  test.each(['', 'with blank', 'x'.repeat(501), 'name#1'])(
    'fails on the prefix %j of the secrets',
    (secretNamePrefix) => {
      for (const make of [OriginAccess.secretHeader, OriginAccess.internet]) {
        expect(() => make({ secretNamePrefix })).toThrow(
          `HG2137: 'secretNamePrefix' must be 1 to 500 letters, digits and /_+=.@-, got '${secretNamePrefix}'`,
        );
      }
    },
  );

  test.each(['my-shop', 'acme/origin+access=1.@'])('takes the prefix %s, and a token', (secretNamePrefix) => {
    for (const prefix of [secretNamePrefix, `${secretNamePrefix}/${Aws.REGION}`]) {
      expect(() => OriginAccess.secretHeader({ secretNamePrefix: prefix })).not.toThrow();
    }
  });

  test('stands behind an edge', () => {
    const { _closed, _hasEdge } = OriginAccess.secretHeader();
    expect([_closed, _hasEdge]).toEqual([true, true]);
  });
});

describe('the internet', () => {
  test('has no secrets, no rules and no header', () => {
    const access = OriginAccess.internet();
    expect(access._closed).toBe(false);
    expect(access._accessRules()).toEqual([]);
    expect(access._originHeaders()).toBeUndefined();
  });

  test('with an edge in front stays open, while the edge sends the secret that nobody demands yet', () => {
    const access = OriginAccess.internet()._behindEdge(PREFIX);
    expect([access._closed, access._hasEdge]).toEqual([false, true]);
    expect(access._accessRules()).toEqual([]);
    expect(resolved(access._originHeaders())).toEqual({ 'x-origin-verify': secret(2) });
  });

  test('lets the edge in front go on with the secrets that it had', () => {
    const sent = OriginAccess.internet({ newest: 5 })._withSecretNamePrefix(PREFIX);
    expect(sent._keptSecretNames()).toEqual([`${PREFIX}/3`, `${PREFIX}/4`, `${PREFIX}/5`]);
    expect(() => OriginAccess.internet({ newest: 1 })).toThrow(
      /^HG2134: 'newest' must be an integer of at least 2.*got 1/,
    );
  });
});

test('the value of a secret stands in no template', () => {
  const stack = new Stack(new App(), 'Stack');
  const access = OriginAccess.secretHeader({ secretNamePrefix: PREFIX });
  expect(JSON.stringify(stack.resolve(access._originHeaders()))).toBe(`{"x-origin-verify":"${secret(2)}"}`);
});
