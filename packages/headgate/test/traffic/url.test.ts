import fc from 'fast-check';
import { readUrl } from '../../lib/traffic/url';

/** What the WHATWG parser of Node.js says. */
function byNode(text: string) {
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  const [whole = ''] = url.href.split('#', 1);
  const query = /\?(.*)$/s.exec(whole)?.[1];
  return {
    scheme,
    host: url.host,
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    path: url.pathname,
    query,
  };
}

test.each([
  'https://shop.example.com/api/orders',
  'https://shop.example.com',
  'http://shop.example.com/?',
  'http://shop.example.com/#x',
  'http://shop.example.com/a?#x',
  'https://SHOP.example.com:8443/a/../b?x=1',
  'http://shop.example.com:80/',
  'http://shop.example.com:080/',
  'https://[2001:db8::1]:8443/',
  'http://0x7f.1/',
  'http://user:secret@example.com/',
  'https://example.com/%2e%2e/a',
  'https://example.com/a/.%2E/b%20c',
  'https://example.com/b%20c%2F%zz?d%20e',
  'https://example.com/a b?c d',
  "https://example.com/'?'",
  'https://xn--nxasmq6b.example/',
  'https://example.com\\a',
])('%s is read as Node.js reads it', (text) => {
  expect(readUrl(text)).toEqual(byNode(text));
});

test('any URL is read as Node.js reads it', () => {
  const part = fc.string({ unit: fc.constantFrom(...'abZ01.-_~%2eE/?#&=:@+\'"<>[]\\|^`{} é\t'), maxLength: 12 });
  const text = fc
    .tuple(
      fc.constantFrom('http://', 'https://', 'HTTP://'),
      fc.constantFrom(
        'example.com',
        'a.b',
        'Shop.Example.com',
        '10.0.0.1',
        '1.2',
        'a.1b',
        'x_y.com',
        'a..b',
        'ex-ample.com.',
      ),
      fc.constantFrom('', ':80', ':443', ':8080', ':', ':0', ':65536', ':08'),
      fc.constantFrom('', '/', '?', '#'),
      part,
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (url) => {
      let expected: unknown;
      try {
        expected = byNode(url);
      } catch {
        expect(() => readUrl(url)).toThrow(/isn't a URL/);
        return;
      }
      expect(readUrl(url)).toEqual(expected);
    }),
    { seed: 3, numRuns: 5_000 },
  );
});

test.each(['ftp://example.com/', 'shop.example.com', '', '/path', 'javascript:alert(1)'])("fails for '%s'", (text) => {
  expect(() => readUrl(text)).toThrow(/https?:\/\//);
});
