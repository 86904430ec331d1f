// The CloudFormation validator of aws-cdk-lib costs seconds a synth: the tests that are about it turn it on again.
process.env.CDK_VALIDATION ??= 'false';
