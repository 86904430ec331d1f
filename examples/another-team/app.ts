import { App } from 'aws-cdk-lib';
import { CheckoutStack } from './checkout';
import { ShopStack } from './shop';

const app = new App();
const env = { region: 'eu-west-1' };

const shop = new ShopStack(app, 'Shop', { env });
// Only because both stand in one app here: what the checkout reads has to be there.
new CheckoutStack(app, 'Checkout', { env }).addStackDependency(shop);
