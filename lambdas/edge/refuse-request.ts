import { ROUTES } from '../../contracts/http';
import { httpFunction } from '../shared/http';
import { refusalOf } from './refusal';

/**
 * The HTTP API's `$default` route: without it API Gateway answers an unknown path or method in a form of its own.
 * Needs: secretsmanager:GetSecretValue. Environment: ORIGIN_SECRET_ARN.
 */
export const handler = httpFunction((event) => {
  const { method, path } = event.requestContext.http;
  return Promise.reject(refusalOf(Object.values(ROUTES), method, path));
});
