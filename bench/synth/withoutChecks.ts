import { App } from 'aws-cdk-lib';
import { PipelineStack } from '../../pipeline/pipeline-stack';
import { website } from '../../stages/environments';

// The same application as bin/website.ts, without cdk-nag and the release guard.
const app = new App();
new PipelineStack(app, 'Website-Pipeline', website);
app.synth();
