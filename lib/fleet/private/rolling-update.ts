import { Duration } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type { Capacity } from './fleet-limits';
import { SIGNAL_TIMEOUT } from './signals';

/** What a batch is given to come up when nothing says that it has. */
const BLIND_PAUSE = Duration.minutes(5);

/**
 * Replaces servers a third of the floor at a time. New ones come before old ones go as long as the group may grow; a group of fixed size
 * has to give up one first, since CloudFormation wants fewer servers kept than the group may have.
 */
export function rollingUpdate({ min, max }: Capacity, signals: boolean): autoscaling.UpdatePolicy {
  const minInstancesInService = max > min ? min : Math.max(0, min - 1);
  return autoscaling.UpdatePolicy.rollingUpdate({
    minInstancesInService,
    maxBatchSize: Math.max(1, Math.min(max - minInstancesInService, Math.floor(min / 3))),
    waitOnResourceSignals: signals,
    pauseTime: signals ? SIGNAL_TIMEOUT : BLIND_PAUSE,
  });
}
