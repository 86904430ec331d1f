// The shop as it is written with this package.
import { buildShop } from '../../bin/shop';
import { measure } from './measure';

measure(buildShop);
