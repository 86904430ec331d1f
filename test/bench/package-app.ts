import { buildShop } from '../../bin/shop';
import { measure } from './measure';

measure(buildShop);
