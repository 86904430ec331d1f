import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { drawAnswer } from '../../lib/render/answer';
import type { Answer, Quality } from '../../lib/traffic';
import type { Filter } from '../../lib/traffic/passage';
import { answerWith, group, type MadeEnd, step } from '../support/answers';
import { shopAnswer } from '../support/shop-road';

const drawn = (answer: Answer, width = 100, coloured = false) =>
  drawAnswer(answer, { paint: createColors(coloured), width });

/** A drawing as it is expected, written with a line break before and after it. */
const text = (lines: string) => lines.replace(/^\n/, '');

test('a road that parts twice is one tree, 100 columns wide', () => {
  expect(drawn(shopAnswer())).toBe(
    text(`
GET https://shop.example.com/api
  50 % (0–100 %) ✗ error 503 at Lb in Shop-eu-west-1
  45 % (0–90 %)  → target group Blue in Shop-us-east-1
   5 % (0–10 %)  → target group Green in Shop-us-east-1

● DNS record Alias in Shop-edge: shop.example.com is an alias of Distribution  R53-2
● behavior Distribution: no path pattern before the default matched  CF-4
├─● 50 % (0–100 %) DNS record Latency-us-east-1 in Shop-routing: latency: us-east-1 may be the
│ │ nearest  R53-4
│ ● listener rule ApiRule in Shop-us-east-1: priority 10 matched path /api/*  ALB-1, ALB-3
│ ├─→ 45 % (0–90 %) target group Blue: weight 90 of 100  ALB-22
│ └─→ 5 % (0–10 %) target group Green: weight 10 of 100  ALB-22
└─● 50 % (0–100 %) DNS record Latency-eu-west-1 in Shop-routing: latency: eu-west-1 may be the
  │ nearest  R53-4
  ● listener rule ApiRule in Shop-eu-west-1: priority 10 matched path /api/*  ALB-1, ALB-3
  ✗ error 503 at Lb in Shop-eu-west-1

! The client Region is not given: every Region of Latency has an even share.
`),
  );
});

test('the same road, 60 columns wide, keeps its guides beside broken lines', () => {
  expect(drawn(shopAnswer(), 60)).toBe(
    text(`
GET https://shop.example.com/api
  50 % (0–100 %) ✗ error 503 at Lb in Shop-eu-west-1
  45 % (0–90 %)  → target group Blue in Shop-us-east-1
   5 % (0–10 %)  → target group Green in Shop-us-east-1

● DNS record Alias in Shop-edge: shop.example.com is an
│ alias of Distribution  R53-2
● behavior Distribution: no path pattern before the default
│ matched  CF-4
├─● 50 % (0–100 %) DNS record Latency-us-east-1 in
│ │ Shop-routing: latency: us-east-1 may be the nearest
│ │ R53-4
│ ● listener rule ApiRule in Shop-us-east-1: priority 10
│ │ matched path /api/*  ALB-1, ALB-3
│ ├─→ 45 % (0–90 %) target group Blue: weight 90 of 100
│ │   ALB-22
│ └─→ 5 % (0–10 %) target group Green: weight 10 of 100
│     ALB-22
└─● 50 % (0–100 %) DNS record Latency-eu-west-1 in
  │ Shop-routing: latency: eu-west-1 may be the nearest
  │ R53-4
  ● listener rule ApiRule in Shop-eu-west-1: priority 10
  │ matched path /api/*  ALB-1, ALB-3
  ✗ error 503 at Lb in Shop-eu-west-1

! The client Region is not given: every Region of Latency
  has an even share.
`),
  );
});

test.each([40, 60, 80, 100])('no line is wider than %d columns', (width) => {
  const long = answerWith([
    {
      steps: [step('listener', `Listener${'X'.repeat(150)}`, '世界'.repeat(40), 'because '.repeat(40))],
      to: { type: 'redirect', id: 'Rule', stack: 'Shop' },
      status: 301,
      location: `https://shop.example.com/${'a'.repeat(300)}`,
    },
  ]);
  for (const answer of [long, shopAnswer()]) {
    for (const line of drawn(answer, width, true).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  }
});

test('every kind of end has its mark, and its quality where it is not exact', () => {
  const answer = answerWith([
    { share: 0.2, to: { type: 'redirect', id: 'Http', stack: 'S' }, status: 301, location: 'https://a.example/' },
    { share: 0.2, to: { type: 'blocked', id: 'Acl', stack: 'S' }, status: 403 },
    { share: 0.1, to: { type: 'no-answer', id: 'a.example' } },
    { share: 0.1, to: { type: 'address', id: '192.0.2.1' }, quality: 'initial' },
    { share: 0.1, to: { type: 'fixed-response', id: 'R', stack: 'S' }, status: 200, quality: 'load-dependent' },
    { share: 0.1, to: { type: 'origin', id: 'api', stack: 'S' }, quality: 'undocumented', min: 0, max: 0.5 },
    { share: 0.1, to: { type: 'error', id: 'Lb', stack: 'S' } },
    { share: 0.1, to: group('G', 'S'), quality: 'bounded' },
  ]);
  expect(drawn(answer)).toBe(
    text(`
GET https://shop.example.com/api
   20 %                       ↪ redirect 301 to https://a.example/ by Http in S
   20 %                       ⛔ blocked 403 by Acl in S
   10 %                       ✗ no answer from DNS for a.example
   10 % initial               → address 192.0.2.1
   10 % load-dependent        → fixed response 200 of R in S
   10 % (0–50 %) undocumented → origin api in S
   10 %                       ✗ error at Lb in S
  ≈10 % bounded               → target group G in S

├─↪ 20 % redirect 301 to https://a.example/ by Http in S
├─⛔ 20 % blocked 403 by Acl in S
├─✗ 10 % no answer from DNS for a.example
├─→ 10 % initial address 192.0.2.1
├─→ 10 % load-dependent fixed response 200 of R in S
├─→ 10 % (0–50 %) undocumented origin api in S
├─✗ 10 % error at Lb in S
└─→ ≈10 % bounded target group G in S
`),
  );
});

test('ends that are the same by the same road are one', () => {
  const steps = [step('listener', 'L', 'Shop', 'port 443')];
  const answer = answerWith([
    { steps, share: 0.1, to: group('Blue', 'Shop') },
    { steps, share: 0.2, to: group('Blue', 'Shop') },
    { steps, share: 0.7, to: group('Green', 'Shop') },
  ]);
  expect(drawn(answer)).toBe(
    text(`
GET https://shop.example.com/api
  70 % → target group Green in Shop
  30 % → target group Blue in Shop

● listener L in Shop: port 443
├─→ 30 % target group Blue in Shop
└─→ 70 % target group Green in Shop
`),
  );
});

test('steps of one hop are one line, and a quality that was said is not said again', () => {
  const steps = (id: string) => [
    step('dns-record', 'A', 'Shop', 'weighted', ['R53-1']),
    step('listener', 'L', 'Shop', 'port 443', ['ALB-1']),
    step('listener', 'L', 'Shop', 'TLS 1.3', ['ALB-1', 'ALB-2']),
    step('target-group', id, 'Shop', 'weight 1 of 2'),
    step('target-group', id, 'Shop', 'its targets take turns'),
  ];
  const undocumented = { quality: 'undocumented', min: 0, share: 0.25 } as const;
  const answer = answerWith([
    { steps: steps('Blue'), ...undocumented, max: 0.5, to: group('Blue', 'Shop') },
    { steps: steps('Green'), ...undocumented, max: 0.5, to: group('Green', 'Shop') },
    { share: 0.5, to: { type: 'no-answer', id: 'a.example' } },
  ]);
  expect(drawn(answer).split('\n').slice(5)).toEqual([
    '├─● 50 % (0–100 %) undocumented DNS record A in Shop: weighted  R53-1',
    '│ ● listener L: port 443; TLS 1.3  ALB-1, ALB-2',
    '│ ├─→ 25 % (0–50 %) target group Blue: weight 1 of 2; its targets take turns',
    '│ └─→ 25 % (0–50 %) target group Green: weight 1 of 2; its targets take turns',
    '└─✗ 50 % no answer from DNS for a.example',
    '',
  ]);
});

test('a road that goes on further than another parts from its end', () => {
  const first = step('web-acl', 'Acl', 'Shop', 'it is attached');
  const answer = answerWith([
    { steps: [first], share: 0.25, to: { type: 'blocked', id: 'Acl', stack: 'Shop' }, status: 403 },
    { steps: [first, step('listener', 'L', 'Shop', 'port 443')], share: 0.75, to: group('Blue', 'Shop') },
  ]);
  expect(drawn(answer).split('\n').slice(4)).toEqual([
    '● web ACL Acl in Shop: it is attached',
    '├─⛔ 25 % blocked 403 by Acl in Shop',
    '└─● 75 % listener L: port 443',
    '  → target group Blue in Shop',
    '',
  ]);
});

test('colours are only there if asked for, and change nothing else', () => {
  const wide = { share: 0, to: { type: 'blocked', id: 'X'.repeat(80) } } as const;
  const coloured = drawn(shopAnswer([wide]), 60, true);
  expect(coloured).toContain('\x1b[32mtarget group Blue in Shop-us-east-1\x1b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what colours are
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(drawn(shopAnswer([wide]), 60));
});

test('what a template has in its names can not steer a terminal', () => {
  const evil = 'x\x1b[2J\n\u202ey\x9b1m';
  const answer = answerWith([
    {
      steps: [step('listener', evil, evil, evil, [evil], { warning: evil })],
      to: { type: 'redirect', id: evil, stack: evil },
      status: 301,
      location: evil,
    },
  ]);
  const asked = { url: `https://a.example/${evil}`, method: evil };
  const out = drawAnswer({ ...answer, asked }, { paint: createColors(false), width: 500 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the only one that is allowed is the line break
  expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(out.split('\n')).toHaveLength(8);
  expect(out).toContain('listener x\\x1b[2J\\x0a\\u202ey\\x9b1m in x\\x1b[2J');
});

describe('firewalls', () => {
  const filter = (id: string, quality: Quality) => ({ id, quality, mayBlock: true });
  const answer = (...filters: readonly Filter[]) =>
    answerWith([
      { share: 0.9, to: group('Blue', 'Shop'), filters },
      { share: 0.1, to: group('Green', 'Shop'), filters },
    ]);

  test('are said once, and the shares are of what passes', () => {
    const made = answer(filter('Edge', 'undocumented'), filter('Shop', 'undocumented'), filter('Shop', 'undocumented'));
    expect(made.outcomes[0]).toMatchObject({ share: 0.9, min: 0, max: 0.9, quality: 'undocumented' });
    expect(drawn(made)).toBe(
      text(`
GET https://shop.example.com/api
  90 % → target group Blue in Shop
  10 % → target group Green in Shop
  undocumented: what Edge and Shop block; the shares are of what passes

├─→ 90 % target group Blue in Shop
└─→ 10 % target group Green in Shop
`),
    );
  });

  test('are said by what is known of them', () => {
    const lines = drawn(answer(filter('A', 'undocumented'), filter('B', 'bounded'))).split('\n');
    expect(lines[3]).toBe('  bounded: what B blocks; undocumented: what A blocks; the shares are of what passes');
  });
});

test('a page that took the place of an error is said with where it came from', () => {
  const page = { insteadOf: 503, path: '/sorry.html', from: 'err', isServed: true };
  const to = { type: 'error', id: 'def', stack: 'Shop' } as const;
  const line = (more: Partial<MadeEnd>) => drawn(answerWith([{ to, page, ...more }])).split('\n')[1];
  expect(line({ status: 200 })).toBe(
    '  100 % ✗ error 503 at def in Shop, answered with page /sorry.html of err as 200',
  );
  expect(line({ status: 404, page: { ...page, isServed: false } })).toBe(
    "  100 % ✗ error 503 at def in Shop, answered with 404, as page /sorry.html of err can't be had",
  );
});
