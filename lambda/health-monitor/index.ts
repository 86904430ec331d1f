import { ConfigurationError, readConfig } from './config';
import { decide } from './decide';
import { metricLine } from './metrics';
import { strictNetwork } from './network';
import { observe } from './observe';

/**
 * One run: probe, decide, publish. A target that fails is an observation; anything else that goes wrong is thrown and fails the
 * invocation.
 */
export async function handler(): Promise<void> {
  const config = readConfig(process.env);
  const vantage = process.env.AWS_REGION;
  if (!vantage) throw new ConfigurationError('the environment variable AWS_REGION is missing');
  const observations = await observe(config, strictNetwork);
  const nowMillis = Date.now();
  for (const verdict of decide(observations, config, nowMillis)) {
    // Not console.log, in front of whose lines the runtime writes the time and the request id.
    process.stdout.write(`${metricLine(verdict, { service: config.service, vantage, nowMillis })}\n`);
  }
}
