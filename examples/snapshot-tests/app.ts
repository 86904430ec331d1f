import { App } from 'aws-cdk-lib';
import { ShopStack } from './shop';

new ShopStack(new App(), 'Shop');
