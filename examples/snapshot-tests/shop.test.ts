import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ShopStack } from './shop';

const template = Template.fromStack(new ShopStack(new App(), 'Shop'));

test('the template is the one that was reviewed', () => {
  expect(template.toJSON()).toMatchSnapshot();
});
