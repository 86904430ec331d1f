// The same resources as those of package-app.ts, written with aws-cdk-lib alone.
import { measure } from './measure';
import { buildPlainShop } from './plain/shop';

measure((app, input) => buildPlainShop(app, { ...input, programs: __dirname }));
