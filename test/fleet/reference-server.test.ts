import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { referenceServerUserData } from '../../lib/fleet/private/reference-server';
import { SOURCE, SOURCE_END } from '../../lib/fleet/private/reference-server-source';

function rendered(name: string, region?: string): string {
  const stack = new Stack(undefined, 'Site', { env: { region } });
  return stack.resolve(referenceServerUserData(new Construct(stack, name), 8080).render());
}

test('stays far below the 16 KB of user data', () => {
  expect(Buffer.byteLength(rendered('Blue', 'eu-west-1'))).toBeLessThan(10_000);
});

test('writes the program as it is, and ends it where the program does not', () => {
  expect(rendered('Blue', 'eu-west-1')).toContain(`<<'${SOURCE_END}'\n${SOURCE}${SOURCE_END}\n`);
  expect(SOURCE).not.toContain(SOURCE_END);
});

test.each(['Blue', `x'; rm -rf "$HOME" #`, '$(reboot) `reboot` %i', 'a\nHEADGATE_UNIT\nreboot', 'Größe 🚀'])(
  'writes the name %j as base64 only',
  (name) => {
    const text = rendered(name, 'eu-west-1');
    const [, argument] = /server\.py 8080 eu-west-1 ([A-Za-z0-9+/]+=*)$/m.exec(text)!;
    expect(Buffer.from(argument!, 'base64').toString()).toBe(name);
    expect(text.replace(argument!, '')).toBe(rendered('Other', 'eu-west-1').replace('T3RoZXI=', ''));
  },
);

test('leaves the Region to the deployment in a stack without one', () => {
  expect(JSON.stringify(rendered('Blue'))).toContain('server.py 8080 ",{"Ref":"AWS::Region"}');
});

test('runs the server as nobody, restarts it for ever, and stops it later than it drains', () => {
  const unit = rendered('Blue', 'eu-west-1').split("<<'HEADGATE_UNIT'\n")[1]!;
  for (const line of ['DynamicUser=yes', 'Restart=always', 'ProtectSystem=strict', 'NoNewPrivileges=yes']) {
    expect(unit.split('\n')).toContain(line);
  }
  const drain = Number(/^DRAIN_SECONDS = (\d+)/m.exec(SOURCE)![1]);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)![1])).toBeGreaterThan(drain + 5);
});

test("keeps idle connections longer than the balancer's 60 seconds", () => {
  expect(Number(/^IDLE_SECONDS = (\d+)/m.exec(SOURCE)![1])).toBeGreaterThan(60);
  expect(SOURCE).toContain('timeout = IDLE_SECONDS');
});
