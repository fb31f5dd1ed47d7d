import path from 'node:path';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { comparison } from './comparison';
import { mails, orderOfSomebodyGone } from './mails';
import { OperatedShop } from './operatedShop';
import type { Placed } from './operatedShop';
import { troubles } from './troubles';

jest.setTimeout(600_000);

let dev: DevEnvironment;
let shop: OperatedShop;
let gone: Placed;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  shop = await OperatedShop.open(dev);
  // Long before somebody looks.
  gone = await orderOfSomebodyGone(shop);
});
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('operations');

describe('outside of the usual', () => {
  troubles(() => shop);
});

describe('the comparison of orders', () => {
  comparison(() => shop);
});

describe('news for a customer', () => {
  mails(() => shop, () => gone);
});
