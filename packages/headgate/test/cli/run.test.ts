import { version } from '../../package.json';
import { Workplace } from '../support/cli';

jest.mock('../../lib/traffic/compilers', () => ({
  COMPILERS: jest.requireActual('../support/made-compilers').MADE_COMPILERS,
}));

const LB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const workplace = new Workplace({ 'shop.json': { Resources: { Lb: LB } }, 'text.json': 'nothing' });
afterAll(() => workplace.remove());

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j lists what there is', async (argv) => {
    const { code, out, err } = await workplace.run(argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: headgate COMMAND/);
    expect([...out.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name)).toEqual(['explain', 'check']);
  });

  test.each([
    [['help', 'explain'], 'explain'],
    [['explain', '--help'], 'explain'],
    [['explain', '--frob', '-h'], 'explain'],
    [['check', 'shop.json', '--help'], 'check'],
  ])('%j says what one command takes', async (argv, name) => {
    const { code, out, err } = await workplace.run(argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: headgate ${name} PATH…`));
  });

  test('the help of explain names every option', async () => {
    const { out } = await workplace.run(['help', 'explain']);
    expect([...out.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)).toEqual([
      'url',
      'method',
      'header',
      'cookie',
      'http-version',
      'client-ip',
      'client-region',
      'client-country',
      'entry',
      'fault',
      'parameter',
      'json',
    ]);
  });

  test('the help of check names every option', async () => {
    const { out } = await workplace.run(['help', 'check']);
    expect([...out.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)).toEqual([
      'cases',
      'min-coverage',
      'parameter',
      'json',
    ]);
  });

  test('help is as wide as the terminal', async () => {
    const { out } = await workplace.run(['help', 'explain'], { isTerminal: true, columns: 60 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('a terminal that does not know its width counts as 100 columns wide', async () => {
    const widest = async (columns: number | undefined) => {
      const { out } = await workplace.run(['help', 'explain'], {
        isTerminal: true,
        ...(columns !== undefined && { columns }),
      });
      return Math.max(...out.split('\n').map((line) => line.length));
    };
    expect(await widest(0)).toBe(await widest(100));
    expect(await widest(undefined)).toBe(await widest(100));
    expect(await widest(20)).toBe(await widest(40));
  });

  test('the help says where errors go, and where facts lie', async () => {
    expect((await workplace.run(['--help'])).out).toContain('Errors go to standard error');
    const { out } = await workplace.run(['explain', '--help']);
    const words = out.replace(/\s+/g, ' ');
    expect(words).toContain('ALB-20 are facts');
    expect(words).toContain('dist/facts.md');
    expect(words).toContain('https://github.com/cdk-headgate/cdk-headgate/blob/main/docs/facts.md');
  });

  test.each(['--version', '-v', 'version'])('%s is that of the package', async (argument) => {
    expect(await workplace.run([argument])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('fails with exit code 2, in one line that leads to the help, for', () => {
  test.each<[readonly string[], string, string]>([
    [[], 'no command is given; there are explain, check', '--help'],
    [['lint'], "'lint' isn't a command; there are explain, check", '--help'],
    [['help', 'lint'], "'lint' isn't a command; there are explain, check", '--help'],
    [['explane'], "'explane' isn't a command; did you mean explain?", '--help'],
    [['help', 'chekc'], "'chekc' isn't a command; did you mean check?", '--help'],
    [['help', 'explain', 'check'], "help takes one command, got 'check' too", '--help'],
    [['--version', 'x'], "--version takes nothing, got 'x'", '--help'],
    [['explain'], 'explain needs the path of a cloud assembly or a template, such as cdk.out', 'explain --help'],
    [['check'], 'check needs the path of a cloud assembly or a template, such as cdk.out', 'check --help'],
    [['check', 'shop.json'], '--cases is missing: write --cases traffic.yaml', 'check --help'],
    [['\x1b[2J\n'], "'\\x1b[2J\\x0a' isn't a command; there are explain, check", '--help'],
  ])('%j', async (argv, message, hint) => {
    expect(await workplace.run(argv)).toEqual({
      code: 2,
      out: '',
      err: `headgate: ${message}${message.endsWith('?') ? ' See' : '; see'} headgate ${hint} (HM4001)\n`,
    });
  });

  const url = ['--url', 'http://a.example/'];

  test.each<[readonly string[], string]>([
    [[], '--url is missing: write --url https://shop.example.com/path'],
    [[...url, '--frob'], "'--frob' isn't an option"],
    [[...url, '--clinet-ip=1.2.3.4'], "'--clinet-ip' isn't an option; did you mean --client-ip?"],
    [[...url, '--falut', 'x'], "'--falut' isn't an option; did you mean --fault?"],
    [[...url, '-x'], "'-x' isn't an option"],
    [[...url, '--cases', 'x.yaml'], "'--cases' isn't an option here; check has it"],
    [['--url'], '--url needs a value; one that begins with a dash is written --url=VALUE'],
    [['--url', '--json'], '--url needs a value; one that begins with a dash is written --url=VALUE'],
    [[...url, '--json=1'], '--json takes no value'],
    [[...url, ...url], '--url can be given once only'],
    [[...url, '--entry', 'A', '--entry', 'B'], '--entry can be given once only'],
    [[...url, '--client-ip', '1.2.3'], "--client-ip must be an IPv4 or IPv6 address, got '1.2.3'"],
    [[...url, '--client-region', 'Ireland'], "--client-region must be a Region such as eu-west-1, got 'Ireland'"],
    [
      [...url, '--client-country', 'DEU'],
      "--client-country must be the two letters of a country in ISO 3166, such as DE, got 'DEU'",
    ],
    [
      [...url, '--client-country', 'UK'],
      "--client-country must be the two letters of a country in ISO 3166: GB for United Kingdom, got 'UK'",
    ],
    [[...url, '--http-version', '4'], "--http-version must be one of 1.0, 1.1, 2, 3, got '4'"],
    [[...url, '--header', 'X'], "--header must be 'NAME: VALUE', got 'X'"],
    [[...url, '--header', 'X Y: 1'], "--header must be 'NAME: VALUE', got 'X Y: 1'"],
    [[...url, '--header', 'X: 1\r\nY: 2'], "--header must be 'NAME: VALUE', got 'X: 1\\x0d\\x0aY: 2'"],
    [[...url, '--header', 'Host: a', '--header', 'host: b'], '--header Host can be given once only'],
    [[...url, '--cookie', 'a'], "--cookie must be 'NAME=VALUE', got 'a'"],
    [[...url, '--cookie', 'a=1; b=2'], "--cookie must be 'NAME=VALUE', got 'a=1; b=2'"],
    [[...url, '--cookie', 'a=1', '--cookie', 'a=2'], '--cookie a can be given once only'],
    [[...url, '--parameter', 'K'], "--parameter must be NAME=VALUE, got 'K'"],
    [[...url, '--parameter', '=V'], "--parameter must be NAME=VALUE, got '=V'"],
    [[...url, '--parameter', 'K=1', '--parameter', 'K=2'], '--parameter K can be given once only'],
  ])('explain shop.json %j', async (options, message) => {
    expect(await workplace.run(['explain', 'shop.json', ...options])).toEqual({
      code: 2,
      out: '',
      err: `headgate: ${message}${message.endsWith('?') ? ' See' : '; see'} headgate explain --help (HM4001)\n`,
    });
  });

  test.each(['101', '-1', 'x', '', '1e1', '100.1', 'NaN'])('check --min-coverage=%s', async (percent) => {
    const { code, err } = await workplace.run(['check', 'shop.json', '--cases', 'x', `--min-coverage=${percent}`]);
    expect({ code, err }).toEqual({
      code: 2,
      err: `headgate: --min-coverage must be a number from 0 to 100, got '${percent}'; see headgate check --help (HM4001)\n`,
    });
  });
});

test.each([
  ['0.9', '90'],
  ['0.005', '0.5'],
  ['0.07', '7'],
])('fails for check --min-coverage %s, which is meant for %s %', async (given, percent) => {
  const argv = ['check', 'shop.json', '--cases', 'x', '--min-coverage', given];
  const { code, err } = await workplace.run(argv);
  expect({ code, err }).toEqual({
    code: 2,
    err: `headgate: --min-coverage is in percent: write ${percent} for ${percent} %, got '${given}'; see headgate check --help (HM4001)\n`,
  });
});

describe('fails with exit code 2, in one line, for', () => {
  const url = ['--url', 'http://a.example/'];

  test.each<[readonly string[], string]>([
    [['explain', 'none.json', ...url], 'HM1001'],
    [['explain', 'shop.json', '--url', 'ftp://a.example/'], 'HM2004'],
    [['explain', 'shop.json', '--url', 'a.example'], 'HM2004'],
    [['explain', 'shop.json', '--method', 'G T', ...url], 'HM2004'],
    [['explain', 'shop.json', '--client-region', 'us-esat-1', ...url], 'HM2004'],
    [['explain', 'shop.json', '--cookie', 'AWSALBTG=Nowhere', ...url], 'HM2001'],
    [['explain', 'shop.json', '--entry', 'Nowhere', ...url], 'HM2001'],
    [['explain', 'shop.json', '--fault', 'earthquake', ...url], 'HM2003'],
    [['explain', 'shop.json', '--fault', 'targets=Lb:3/2', ...url], 'HM2003'],
    [['explain', 'shop.json', '--fault', 'target-group=Nowhere', ...url], 'HM2001'],
    [['check', 'shop.json', '--cases', 'none.yaml'], 'HM3001'],
  ])('%j', async (argv, code) => {
    const ran = await workplace.run(argv);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(new RegExp(`^headgate: [^\n]+[^.] \\(${code}\\)\n$`));
  });
});

describe('an error that nobody expected', () => {
  const broken = () => {
    throw new TypeError('x is not\na function');
  };
  // Whatever writes is the last that can fail.
  const io = (env: Record<string, string>) => {
    let err = '';
    return {
      io: {
        out: broken,
        err: (text: string) => {
          err += text;
        },
        isTerminal: false,
        columns: undefined,
        env,
        cwd: '/',
      },
      text: () => err,
    };
  };

  test('is one line that asks for a report, and exit code 2', async () => {
    const { run } = await import('../../lib/cli/run');
    const surroundings = io({});
    expect(await run(['--help'], surroundings.io)).toBe(2);
    expect(surroundings.text()).toBe(
      'headgate: this is a bug, please report it at https://github.com/cdk-headgate/cdk-headgate/issues: TypeError: x is not\\x0aa function\n',
    );
  });

  test('has a stack for who asks for it', async () => {
    const { run } = await import('../../lib/cli/run');
    const surroundings = io({ HEADGATE_DEBUG: '1' });
    expect(await run(['--help'], surroundings.io)).toBe(2);
    expect(surroundings.text()).toMatch(/\n {4}at /);
  });
});
