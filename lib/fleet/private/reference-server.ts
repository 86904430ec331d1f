import { Stack, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { SOURCE, SOURCE_END } from './reference-server-source';

const FOLDER = '/opt/headgate';
const UNIT = 'headgate-server.service';
const UNIT_END = 'HEADGATE_UNIT';

/**
 * User data that writes the reference server and its unit, and starts it. Both stand in quoted here-documents, where the shell expands
 * nothing; the fleet's name, the one text of the user's, is base64 in all of it.
 */
export function referenceServerUserData(fleet: Construct, port: number): ec2.UserData {
  const name = Buffer.from(fleet.node.id).toString('base64');
  const userData = ec2.UserData.forLinux();
  userData.addCommands(
    'set -e',
    `install -d -m 0755 ${FOLDER}`,
    `cat > ${FOLDER}/server.py <<'${SOURCE_END}'`,
    `${SOURCE}${SOURCE_END}`,
    `cat > /etc/systemd/system/${UNIT} <<'${UNIT_END}'`,
    ...unit(`${Tokenization.stringifyNumber(port)} ${Stack.of(fleet).region} ${name}`),
    UNIT_END,
    `chmod 0644 ${FOLDER}/server.py /etc/systemd/system/${UNIT}`,
    'systemctl daemon-reload',
    `systemctl enable --now ${UNIT}`,
  );
  return userData;
}

/** A unit that may listen, on low ports too, and do little else. It outlives the server's draining when it is stopped. */
function unit(args: string): string[] {
  return [
    '[Unit]',
    'Description=Reference server',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=/usr/bin/python3 -I ${FOLDER}/server.py ${args}`,
    'Restart=always',
    'RestartSec=1',
    'TimeoutStopSec=30',
    'LimitNOFILE=65536',
    'DynamicUser=yes',
    'AmbientCapabilities=CAP_NET_BIND_SERVICE',
    'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
    'NoNewPrivileges=yes',
    'UMask=0077',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'ProtectProc=invisible',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'ProtectControlGroups=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'PrivateDevices=yes',
    'PrivateTmp=yes',
    'LockPersonality=yes',
    'MemoryDenyWriteExecute=yes',
    'RestrictAddressFamilies=AF_INET AF_INET6',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
}
