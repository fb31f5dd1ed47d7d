import cdkJson from '../cdk.json';
import { website } from '../stages/environments';
import { websiteApp } from './website-app';

// The CDK CLI says where the assembly goes and hands on the flags of cdk.json; `npm run synth` saves its start and does both here.
const withoutCli = process.env.CDK_OUTDIR === undefined && { outdir: 'cdk.out', context: cdkJson.context };

websiteApp(website, withoutCli || {}).synth();
