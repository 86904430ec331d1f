import { Annotations, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HeadgateError, problem } from '../../core/errors';
import { recordDefault } from '../../core/private/defaults';
import { referenceServerUserData } from './reference-server';
import { canSignal } from './signals';

/** What a launch template of ours is made of. */
export interface LaunchOptions {
  readonly vpc: ec2.IVpc;
  readonly port: number;
  readonly instanceType?: ec2.InstanceType;
  readonly machineImage?: ec2.IMachineImage;
  readonly userData?: ec2.UserData;
}

/** A launch template of ours, and what stands in it. */
export interface Launch {
  readonly launchTemplate: ec2.LaunchTemplate;
  readonly securityGroup: ec2.SecurityGroup;
  readonly userData: ec2.UserData;
  readonly signals: boolean;
}

const DEFAULT_INSTANCE_TYPE = 't4g.small';
const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-';
const AMAZON_LINUX_DISK_GIB = 8;

/** User data that a fleet already adds its signal to. */
const taken = new WeakSet<ec2.UserData>();

/** The secure launch template of a fleet that brings none: one new role without policies and one new security group. */
export function createLaunch(scope: Construct, given: LaunchOptions): Launch {
  const instanceType = given.instanceType ?? new ec2.InstanceType(DEFAULT_INSTANCE_TYPE);
  const architecture = architectureOf(instanceType);
  // Resolved when an instance starts: a newer image never replaces a fleet in the course of another change (ASG-3).
  const machineImage =
    given.machineImage ?? ec2.MachineImage.resolveSsmParameterAtLaunch(`${AMAZON_LINUX}${architecture}`);
  const image = machineImage.getImage(scope);
  const userData = settleUserData(scope, given, image);
  const securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
    vpc: given.vpc,
    description: `Servers of ${scope.node.path}`.replace(/[^\w .:/()#,@[\]+=&;{}!$*-]/g, '-').slice(0, 255),
    allowAllOutbound: true,
    allowAllIpv6Outbound: true,
  });
  const launchTemplate = new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    machineImage: { getImage: () => image },
    instanceType,
    userData,
    role: new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    securityGroup,
    requireImdsv2: true,
    httpEndpoint: true,
    httpPutResponseHopLimit: 1,
    associatePublicIpAddress: false,
    blockDevices: [rootDisk(given.machineImage ? undefined : AMAZON_LINUX_DISK_GIB)],
    detailedMonitoring: true,
  });
  scope.node.addValidation({ validate: () => userDataProblems(userData) });
  if (!given.machineImage) {
    Validations.of(launchTemplate).acknowledge({
      id: 'CloudFormation-Validate::E1152',
      reason:
        'The AMI is a resolve:ssm reference, a form of ImageId that EC2 resolves at launch; the validator knows literal ids alone.',
    });
  }
  recordDefault(scope, given.instanceType, {
    prop: 'instanceType',
    value: DEFAULT_INSTANCE_TYPE,
    why: 'a small ARM server, enough to try a service',
  });
  recordDefault(scope, given.machineImage, {
    prop: 'machineImage',
    value: `Amazon Linux 2023 (${architecture}), the newest whenever a server starts`,
    why: 'a deploy replaces no server because of a newer image',
  });
  return { launchTemplate, securityGroup, userData, signals: canSignal(image.osType, userData) };
}

/** The reference server belongs to the default image alone: another image, or user data, brings a server of its own. */
function settleUserData(scope: Construct, given: LaunchOptions, image: ec2.MachineImageConfig): ec2.UserData {
  if (given.userData) {
    if (taken.has(given.userData)) {
      throw new HeadgateError(
        'HG3008',
        "'userData' must be of one fleet alone, got one that another fleet has: each adds its own signal to it, so make one UserData a fleet",
        scope,
      );
    }
    taken.add(given.userData);
  }
  const userData = given.userData ?? (given.machineImage ? image.userData : referenceServerUserData(scope, given.port));
  if (!canSignal(image.osType, userData)) {
    Annotations.of(scope).addWarningV2(
      'cdk-headgate:fleetWithoutSignals',
      'Deployments do not wait for the servers of this fleet: only user data of a Linux image that is a UserData.forLinux() can signal that a server came up',
    );
  }
  return userData;
}

function architectureOf(instanceType: ec2.InstanceType): ec2.InstanceArchitecture {
  try {
    return instanceType.architecture;
  } catch {
    return ec2.InstanceArchitecture.ARM_64; // of a token nothing can be told
  }
}

/** The disk of an image that isn't ours keeps the image's size: a smaller one would be refused at launch. */
function rootDisk(sizeGib: number | undefined): ec2.BlockDevice {
  const ebsDevice: ec2.EbsDeviceProps = {
    volumeSize: sizeGib,
    volumeType: ec2.EbsDeviceVolumeType.GP3,
    encrypted: true,
    deleteOnTermination: true,
  };
  return { deviceName: '/dev/xvda', volume: { ebsDevice } };
}

/** EC2 takes so many bytes before they are encoded; a token counts as long as its name, which is about what it becomes. */
const MAX_USER_DATA_BYTES = 16_384;

function userDataProblems(userData: ec2.UserData): string[] {
  const bytes = Buffer.byteLength(userData.render());
  if (bytes <= MAX_USER_DATA_BYTES) return [];
  return [
    problem(
      'HG3009',
      `'userData' must be at most ${MAX_USER_DATA_BYTES} bytes, with the signal that the fleet adds, got ${bytes}: fetch what is long from a bucket, or bake it into the image`,
    ),
  ];
}
