import { measure } from './measure';
import { buildPlainShop } from './plain/shop';

measure((app, input) => buildPlainShop(app, { ...input, programs: __dirname }));
