import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ERROR_CODES, HeadgateError, problem } from '../../lib/core/errors';

const LAYER_DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

test('an error can be told by its name and code, and says where it happened', () => {
  const error = new HeadgateError('HG0101', 'no zone', new Construct(new Stack(undefined, 'Stack'), 'Here'));
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.code, error.message]).toEqual([
    'HeadgateError',
    'HG0101',
    'HG0101: no zone [at Stack/Here]',
  ]);
});

test('an error without a scope says what happened', () => {
  expect(new HeadgateError('HG0101', 'no zone').message).toBe('HG0101: no zone');
  expect(problem('HG8001', 'none')).toBe('HG8001: none');
});

test.each(Object.entries(ERROR_CODES))('%s has four digits and a title without a full stop', (code, title) => {
  expect(code).toMatch(/^HG\d{4}$/);
  expect(LAYER_DIGITS).toContain(code[2]);
  expect(title).toMatch(/^[a-zA-Z][^.]+[^. ]$/);
});
