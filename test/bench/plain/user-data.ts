import { Stack } from 'aws-cdk-lib';
import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

const UNIT = `[Unit]
Description=Reference server
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/bin/python3 -I /opt/headgate/server.py ARGUMENTS
Restart=always
RestartSec=1
TimeoutStopSec=30
LimitNOFILE=65536
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
UMask=0077
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
PrivateDevices=yes
PrivateTmp=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target`;

/** Writes a program to a server and runs it as a unit of systemd; the program is told where it runs. */
export function serverUserData(fleet: Construct, program: string, port: number): ec2.UserData {
  const name = Buffer.from(fleet.node.id).toString('base64');
  const userData = ec2.UserData.forLinux();
  userData.addCommands(
    'set -e',
    'install -d -m 0755 /opt/headgate',
    `cat > /opt/headgate/server.py <<'HEADGATE_SERVER'\n${program}HEADGATE_SERVER`,
    "cat > /etc/systemd/system/headgate-server.service <<'HEADGATE_UNIT'",
    UNIT.replace('ARGUMENTS', `${port} ${Stack.of(fleet).region} ${name}`),
    'HEADGATE_UNIT',
    'chmod 0644 /opt/headgate/server.py /etc/systemd/system/headgate-server.service',
    'systemctl daemon-reload',
    'systemctl enable --now headgate-server.service',
  );
  return userData;
}

/** Tells CloudFormation that a server came up once it answers, for as long as the balancer takes to see it. */
export function signalWhenReady(userData: ec2.UserData, group: autoscaling.AutoScalingGroup, port: number): void {
  userData.addOnExitCommands(
    'if [ "$exitCode" = 0 ]; then',
    '  exitCode=1',
    '  for attempt in $(seq 150); do',
    `    if curl --silent --insecure --fail --max-time 2 --output /dev/null 'http://127.0.0.1:${port}/ready'; then`,
    '      exitCode=0; sleep 15; break',
    '    fi',
    '    sleep 2',
    '  done',
    'fi',
  );
  userData.addSignalOnExitCommand(group);
}
