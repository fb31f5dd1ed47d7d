import { ROUTES } from '../../../contracts/http';
import { refusalOf } from '../../../lambdas/edge/refusal';

const routes = Object.values(ROUTES);

it.each([
  ['DELETE', '/api/orders', 'GET, POST'],
  ['PUT', '/api/orders/01890a5d', 'GET'],
  ['POST', '/api/products/', 'GET'],
])('says what is allowed instead of %s %s', (method, path, allow) => {
  expect(refusalOf(routes, method, path)).toMatchObject({ status: 405, options: { headers: { allow } } });
});

it.each(['/api', '/api/nothing', '/api/orders/1/2', '/api/products//'])('knows nothing at %s', (path) => {
  expect(refusalOf(routes, 'GET', path)).toMatchObject({ status: 404, code: 'not-found' });
});
