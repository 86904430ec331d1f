import { Workplace } from './cli';

/** What a request is asked about in tests of bad input. */
export const ASKED = ['--url', 'http://shop.example.com/'] as const;

/** A folder with one file that is wrong. */
export function placeWith(files: Readonly<Record<string, string | object>>): Workplace {
  const place = new Workplace(files);
  afterAll(() => place.remove());
  return place;
}

/**
 * The one line, without `headgate: `, that a command refuses its input with. Everything else that a refusal must not be fails: another exit
 * code, output, several lines, a stack, a report of a bug, bytes that move the cursor.
 */
export async function refusalOf(place: Workplace, argv: readonly string[]): Promise<string> {
  const { code, out, err } = await place.run(argv);
  const [line = '', ...more] = err.split('\n');
  expect({ code, out, more }).toEqual({ code: 2, out: '', more: [''] });
  expect(line).toMatch(/^headgate: .{10,2100} \(HM\d{4}\)$/);
  expect(line).not.toMatch(/this is a bug|\bundefined\b|\bNaN\b|\[object |\bat .*\.[jt]s:\d/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  return line.slice('headgate: '.length).split(`${place.folder}/`).join('');
}

/** The line that `explain` refuses a template with. */
export async function explainRefusal(file: string, content: string | object): Promise<string> {
  const place = new Workplace({ [file]: content });
  try {
    return await refusalOf(place, ['explain', file, ...ASKED]);
  } finally {
    place.remove();
  }
}
