// CloudFormation's own validation runs once, in the synth that CI makes; here it would be paid again in every test file.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
