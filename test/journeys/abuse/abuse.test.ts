import path from 'node:path';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { AttackedShop } from './attackedShop';
import { attacks } from './attacks';

const folder = temporaryFolder('abuse');
let dev: DevEnvironment;
let shop: AttackedShop;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = await AttackedShop.open(dev);
});
afterAll(() => dev?.stop());

describe('a route', () => {
  attacks(() => shop);
});
