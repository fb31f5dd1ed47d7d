import path from 'node:path';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { AttackedShop } from './attackedShop';
import { attacks } from './attacks';
import { fuzzing } from './fuzzing';
import { malformed } from './malformed';
import { originHeader } from './originHeader';
import { webhooks } from './webhooks';

let dev: DevEnvironment;
let shop: AttackedShop;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = await AttackedShop.open(dev);
});
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('abuse');

describe('a webhook', () => {
  webhooks(() => shop);
});

describe('a route', () => {
  attacks(() => shop);
});

// These write what they like, so they come last.
describe('a malformed request', () => {
  malformed(() => shop);
});

describe('the API’s document', () => {
  fuzzing(() => shop);
});

describe('what CloudFront proves itself with', () => {
  originHeader(() => shop);
});
