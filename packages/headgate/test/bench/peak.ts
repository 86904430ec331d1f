// Put before a program by `node --require`: says at its end, on a channel of its own, what it held at most, in MiB.
import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS / 1_024)));
