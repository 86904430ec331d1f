import '../../lib/matchers/jest-globals';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Traffic, trafficMatchers } from '../../lib';
import { PACKAGE } from '../support/consoles';

test('the matchers are there for who imports expect', () => {
  const traffic = Traffic.fromTemplates([join(PACKAGE, 'examples', 'canary.yaml')]);
  const answer = traffic.request({ url: 'http://shop.example.com/' });
  expect(answer).toReach('Blue', { share: 0.9 });
  expect(answer).not.toBeAnsweredWith(503);
  expect(() => expect(answer).toReach('Green', { share: 0.2 })).toThrow(/got 10 %\n\nGET http:/);
});

test('a test runner without an entry of its own takes them from the library', () => {
  expect(Object.keys(trafficMatchers)).toEqual(['toReach', 'toRedirectTo', 'toBeAnsweredWith']);
});
