import type * as z from 'zod';
import { ServiceError } from '../../aws/errors';
import type { Resource } from '../kept';
import { PermissionChange } from './requests';
import { changedPermissions, type Place, type Resources } from './resources';

/** One request, as a route sees it. */
export interface ApiRequest {
  readonly place: Place;
  /** What the path names. */
  readonly param: (name: string) => string;
  readonly query: (name: string) => string | undefined;
  readonly queries: (name: string) => readonly string[];
  /** @throws ServiceError InvalidParameterValueException naming each member that is wrong */
  readonly body: <S extends z.ZodType>(schema: S) => Promise<z.infer<S>>;
}

/** By method and path; without a body the answer is the status alone. */
export type Routes = Readonly<Record<string, (request: ApiRequest) => object | Promise<object>>>;

const MOST_LISTED = 100;

/** A page of a list: https://docs.aws.amazon.com/quicksight/latest/APIReference/API_ListDashboards.html */
export function pageOf<T>(all: readonly T[], request: ApiRequest): { readonly page: readonly T[]; readonly NextToken?: string } {
  const from = Number(request.query('next-token') ?? 0);
  const most = Math.min(Number(request.query('max-results') ?? MOST_LISTED), MOST_LISTED);
  if (!Number.isInteger(from) || !Number.isInteger(most) || most < 1) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is not valid.');
  return { page: all.slice(from, from + most), NextToken: from + most < all.length ? String(from + most) : undefined };
}

/** Who may do what with the resources of one kind: kept and answered, as the templates have them. */
export function permissionRoutes<T extends Resource>(resources: Resources<T>, { path, noun, method }: { readonly path: string; readonly noun: string; readonly method: 'POST' | 'PUT' }): Routes {
  const shown = (one: T): object => ({ [`${noun}Arn`]: resources.arn(one), [`${noun}Id`]: one.id, Permissions: one.permissions });
  return {
    [`GET ${path}/:id/permissions`]: ({ place, param }) => shown(resources.of(place, param('id'))),
    [`${method} ${path}/:id/permissions`]: async ({ place, param, body }) => {
      const { GrantPermissions, RevokePermissions } = await body(PermissionChange);
      const one = resources.of(place, param('id'));
      return shown(await resources.put({ ...one, permissions: changedPermissions(one.permissions, GrantPermissions, RevokePermissions) }));
    },
  };
}

/** What of a resource every description has. */
export const described = ({ createdAt, updatedAt }: Resource): object => ({ CreatedTime: createdAt, LastUpdatedTime: updatedAt });
